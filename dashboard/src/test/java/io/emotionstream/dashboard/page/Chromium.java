// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.page;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A headless browser with a profile of its own. */
final class Chromium implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Chromium.class);
  private static final String VARIABLE = "CHROMIUM";
  private static final Pattern LISTENS = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, URI address) {
    this.process = process;
    this.tools = new DevTools(address, events::add);
  }

  /** Returns where the browser is, or skips the test and says so where there is none. */
  static Path require() {
    Optional<Path> found = find();
    String missing =
        "skipped: no Chromium, so the page is not tested; install it (apt-get install chromium),"
            + " or name it in "
            + VARIABLE;
    if (found.isEmpty()) {
      log.warn(missing);
    }
    Assumptions.assumeTrue(found.isPresent(), missing);
    return found.orElseThrow();
  }

  private static Optional<Path> find() {
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(requireNonNullElse(System.getenv("PATH"), "").split(":"))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param profile empty folder for what it keeps
   * @throws IOException if it does not start
   */
  static Chromium start(Path executable, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless=new",
                "--no-sandbox", // which root has not; it sees no page but ours
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--lang=en-US",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    List<String> said = new ArrayList<>();
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      Matcher matcher = LISTENS.matcher(line);
      if (matcher.find()) {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> drain(output));
        return new Chromium(process, URI.create(matcher.group(1)));
      }
    }
    process.destroyForcibly();
    throw new IOException(executable + " did not start: " + said);
  }

  private static void drain(BufferedReader output) {
    try (Stream<String> lines = output.lines()) {
      lines.forEach(line -> log.debug("chromium: {}", line));
    }
  }

  /** Opens an empty tab. */
  Tab open() {
    String context = text("Target.createBrowserContext", DevTools.parameters(), "browserContextId");
    String target =
        text(
            "Target.createTarget",
            DevTools.parameters().put("url", "about:blank").put("browserContextId", context),
            "targetId");
    String session =
        text(
            "Target.attachToTarget",
            DevTools.parameters().put("targetId", target).put("flatten", true),
            "sessionId");
    return new Tab(tools, session, context, events);
  }

  private String text(String method, ObjectNode parameters, String field) {
    return tools.call(null, method, parameters).path(field).asText();
  }

  @Override
  public void close() throws InterruptedException {
    tools.call(null, "Browser.close", DevTools.parameters());
    tools.close();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
