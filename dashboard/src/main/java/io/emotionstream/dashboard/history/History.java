// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.history;

import static java.util.Objects.requireNonNullElse;

import io.emotionstream.dashboard.window.EmotionWindow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is stored: windows and their sums. It only reads, a question has a time limit, and there are
 * as many at once as there are connections. Safe for use by several threads.
 */
public final class History implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(History.class);
  private static final Duration STATUS_HOLDS = Duration.ofSeconds(5);
  private static final Duration SIZES_HOLD = Duration.ofMinutes(1);

  private final HistoryConfig config;
  private final Connections connections;
  private final Cached<DatabaseStatus> status;
  private final Cached<List<Long>> sizes;

  /** Connects to nothing yet. */
  public History(HistoryConfig config, InstantSource clock) {
    this.config = config;
    this.connections = new Connections(config);
    this.status = new Cached<>(STATUS_HOLDS, clock);
    this.sizes = new Cached<>(SIZES_HOLD, clock);
  }

  /**
   * A page of windows, newest first.
   *
   * @param windows at most as many as were asked for
   * @param next where the next page begins; empty on the last
   */
  public record Page(List<EmotionWindow> windows, Optional<Cursor> next) {}

  /** Takes windows one by one. */
  public interface Taker {
    void take(EmotionWindow window) throws Exception;
  }

  /** Returns a page of windows. */
  public Page windows(WindowQuery query) throws HistoryException, RefusedException {
    WindowQuery oneMore =
        new WindowQuery(
            query.cameras(),
            query.sizeMillis(),
            query.from(),
            query.to(),
            query.limit() + 1,
            query.after());
    List<EmotionWindow> windows = new ArrayList<>();
    each(oneMore, windows::add);
    if (windows.size() <= query.limit()) {
      return new Page(windows, Optional.empty());
    }
    List<EmotionWindow> page = windows.subList(0, query.limit());
    return new Page(page, Optional.of(Cursor.at(page.get(page.size() - 1))));
  }

  /** Hands over windows as they come from the database, which is kept busy meanwhile. */
  public void each(WindowQuery query, Taker taker) throws HistoryException, RefusedException {
    OptionalLong size = query.sizeMillis().isPresent() ? query.sizeMillis() : finestSize();
    if (size.isPresent()) {
      ask(
          connection -> {
            WindowSql.read(connection, query.withSize(size.getAsLong()), taker::take);
            return true;
          });
    }
  }

  /**
   * Returns sums over time.
   *
   * @throws RefusedException if the resolution does not fit what is stored
   */
  public Sums sums(SumQuery query) throws HistoryException, RefusedException {
    return ask(connection -> SumSql.read(connection, query));
  }

  /** Returns names of cameras with stored windows, those that hold {@code part}, in order. */
  public List<String> cameras(String part, int limit) throws HistoryException, RefusedException {
    return ask(connection -> CameraSql.names(connection, part, limit));
  }

  /** Returns the sizes of the windows that are stored, as of a minute ago, in ms, ascending. */
  public List<Long> windowSizes() throws HistoryException, RefusedException {
    Optional<List<Long>> held = sizes.held();
    if (held.isPresent() && !held.get().isEmpty()) {
      return held.get();
    }
    return sizes.hold(ask(SumSql::sizes));
  }

  /** Returns whether it can be read, as of a few seconds ago. */
  public DatabaseStatus status() {
    return status.get(
        () -> {
          try {
            ask(SumSql::sizes);
            return new DatabaseStatus(true, "");
          } catch (HistoryException | RefusedException e) {
            return new DatabaseStatus(false, requireNonNullElse(e.getMessage(), "it failed"));
          }
        });
  }

  /** Returns the address of the database without secrets. */
  public String maskedUrl() {
    return config.login().maskedUrl();
  }

  @Override
  public void close() {
    connections.close();
  }

  private OptionalLong finestSize() throws HistoryException, RefusedException {
    return windowSizes().stream().mapToLong(Long::longValue).findFirst();
  }

  private <T> T ask(Connections.Question<T> question) throws HistoryException, RefusedException {
    try {
      return connections.ask(question);
    } catch (HistoryException | RefusedException e) {
      throw e;
    } catch (SQLException e) {
      LOG.debug("a question to {} failed", config.login().maskedUrl(), e);
      throw new HistoryException(inWords(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryException("the dashboard is being stopped", e);
    } catch (Exception e) { // whoever takes windows could not
      throw new HistoryException("the answer could not be delivered", e);
    }
  }

  private String inWords(SQLException e) {
    String state = requireNonNullElse(e.getSQLState(), "");
    return switch (state) {
      case "57014" ->
          "the database worked on it for %d s: ask for a shorter range or fewer cameras"
              .formatted(config.statementTimeout().toSeconds());
      case "42P01" -> "the tables are not there yet: './emotion sink' makes them";
      case "42703" -> "the tables are of an older release: './emotion sink' brings them up to date";
      case "42501" -> "the dashboard's role may not read: grant select on emotion_distributions";
      default ->
          state.startsWith("08") || state.startsWith("57")
              ? "the database cannot be reached: history is back when it is"
              : state.startsWith("28") || state.startsWith("3D")
                  ? "the database refuses the dashboard: check user, password and database name"
                  : "the database failed (SQLSTATE " + state + ")";
    };
  }

  /** An answer that holds for a while, whether it is asked for often or seldom. */
  private static final class Cached<T> {
    private final Duration holds;
    private final InstantSource clock;
    private final Lock asking = new ReentrantLock();
    private Optional<T> value = Optional.empty();
    private Instant until = Instant.MIN;

    Cached(Duration holds, InstantSource clock) {
      this.holds = holds;
      this.clock = clock;
    }

    synchronized Optional<T> held() {
      return clock.instant().isBefore(until) ? value : Optional.empty();
    }

    synchronized T hold(T fresh) {
      value = Optional.of(fresh);
      until = clock.instant().plus(holds);
      return fresh;
    }

    /** One asks; the others take the answer before, and wait if there is none. */
    T get(Supplier<T> source) {
      Optional<T> fresh = held();
      if (fresh.isPresent()) {
        return fresh.get();
      }
      if (!asking.tryLock()) {
        Optional<T> last = last();
        if (last.isPresent()) {
          return last.get();
        }
        asking.lock();
      }
      try {
        return held().orElseGet(() -> hold(source.get()));
      } finally {
        asking.unlock();
      }
    }

    private synchronized Optional<T> last() {
      return value;
    }
  }
}
