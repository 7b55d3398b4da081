// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  private OrphanedServer() {}

  /** Stops the server that runs on {@code data}, if any, and removes its stale pid file. */
  static void stop(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> server = serverOf(data, pidFile);
    if (server.isPresent()) {
      log.warn("stopping PostgreSQL process {} left behind on {}", server.get().pid(), data);
      end(server.get());
    }
    Files.deleteIfExists(pidFile);
  }

  /** Returns the living server that the pid file names, not a process that got its number since. */
  private static Optional<ProcessHandle> serverOf(Path data, Path pidFile) throws IOException {
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.get(0).matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().filter(OrphanedServer::isPostgres).isPresent())
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .map(line -> line.contains(data.toString()))
                    .orElse(true));
  }

  private static boolean isPostgres(String command) {
    String program = Path.of(command).getFileName().toString();
    return program.equals("postgres") || program.equals("postgres.exe");
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
    if (!ended(server)) {
      throw new IOException("PostgreSQL process %d does not end".formatted(server.pid()));
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
