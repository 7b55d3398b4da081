// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL server that a killed process left behind: PostgreSQL outlives the JVM that started
 * it, and its {@code postmaster.pid} outlives them both.
 *
 * <p>To be used only by the one who holds the {@link DirectoryLock}: then a server that runs has no
 * owner.
 */
final class OrphanedServer {
  private static final Logger log = LoggerFactory.getLogger(OrphanedServer.class);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Set<String> SERVERS = Set.of("postgres", "postgres.exe");
  private static final Set<String> INITDB = Set.of("initdb", "initdb.exe");

  private OrphanedServer() {}

  /**
   * Stops the server that runs on {@code data}, or the programs that still make it, if any, and
   * removes a stale pid file.
   *
   * @throws IOException if the file names a PostgreSQL process that is not known to run on {@code
   *     data}: the file is left, so that no two servers ever write there
   */
  static void stop(Path data) throws IOException {
    stopInitdb(data);
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> server = serverOf(lines);
    if (server.isPresent()) {
      requireIsOn(server.get(), data, lines.size() > 1 ? lines.get(1) : data.toString());
      log.warn("stopping PostgreSQL process {} left behind on {}", server.get().pid(), data);
      end(server.get());
    }
    Files.deleteIfExists(pidFile);
  }

  private static void stopInitdb(Path data) throws IOException {
    List<ProcessHandle> makers =
        ProcessHandle.allProcesses()
            .filter(process -> runs(process, INITDB))
            .filter(process -> hasArgument(process, data.toString()).orElse(false))
            .toList();
    for (ProcessHandle maker : makers) {
      log.warn("stopping initdb process {} left behind on {}", maker.pid(), data);
      List<ProcessHandle> family = Stream.concat(Stream.of(maker), maker.descendants()).toList();
      family.forEach(ProcessHandle::destroyForcibly);
      for (ProcessHandle process : family) {
        requireEnded(process);
      }
    }
  }

  /** Returns the living server that a pid file names, not a program that got its number since. */
  private static Optional<ProcessHandle> serverOf(List<String> pidFile) {
    // A server without a postmaster, as initdb uses it, writes its number with a minus sign.
    if (pidFile.isEmpty() || !pidFile.get(0).matches("-?\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Math.abs(Long.parseLong(pidFile.get(0))))
        .filter(ProcessHandle::isAlive)
        .filter(process -> runs(process, SERVERS));
  }

  /**
   * Accepts the path that the server wrote into its pid file, too: the directory may have moved.
   */
  private static void requireIsOn(ProcessHandle server, Path data, String written)
      throws IOException {
    boolean known =
        hasArgument(server, data.toString()).orElse(true)
            || hasArgument(server, written).orElse(true);
    if (!known) {
      throw new IOException(
          "%s names PostgreSQL process %d, which does not seem to be its server:"
                  .formatted(data.resolve("postmaster.pid"), server.pid())
              + " remove the file if nothing runs on this directory");
    }
  }

  private static boolean runs(ProcessHandle process, Set<String> programs) {
    return process
        .info()
        .command()
        .filter(command -> programs.contains(Path.of(command).getFileName().toString()))
        .isPresent();
  }

  /** Whether it was started with {@code argument}; empty where the system does not tell. */
  private static Optional<Boolean> hasArgument(ProcessHandle process, String argument) {
    return process.info().arguments().map(all -> List.of(all).contains(argument));
  }

  private static void end(ProcessHandle server) throws IOException {
    List<ProcessHandle> family = server.children().toList();
    server.destroy(); // waits for its clients, of which none should be left
    if (!ended(server)) {
      server.destroyForcibly();
    }
    // Its children see that it is gone and end by themselves; they hold its shared memory.
    for (ProcessHandle process : family) {
      if (!ended(process)) {
        process.destroyForcibly();
      }
    }
    requireEnded(server);
  }

  private static void requireEnded(ProcessHandle process) throws IOException {
    if (!ended(process)) {
      throw new IOException("PostgreSQL process %d does not end".formatted(process.pid()));
    }
  }

  private static boolean ended(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL process " + process.pid() + " ends", e);
    }
  }
}
