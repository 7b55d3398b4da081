// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.page;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One tab of the browser, with storage of its own. */
final class Tab implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Set<String> BAD = Set.of("error", "warning", "assert");

  private final DevTools tools;
  private final String session;
  private final String context;
  private final List<JsonNode> events;

  Tab(DevTools tools, String session, String context, List<JsonNode> events) {
    this.tools = tools;
    this.session = session;
    this.context = context;
    this.events = events;
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", DevTools.parameters());
    }
    resize(1440, 900);
  }

  Tab resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        DevTools.parameters()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    return this;
  }

  /** Says what the system's theme is: {@code light} or {@code dark}. */
  Tab prefer(String theme) {
    ObjectNode parameters = DevTools.parameters();
    parameters
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", theme);
    call("Emulation.setEmulatedMedia", parameters);
    return this;
  }

  void open(URI address) {
    run("window.isLeft = true;");
    call("Page.navigate", DevTools.parameters().put("url", address.toString()));
    until("!window.isLeft && document.readyState === 'complete'");
  }

  void keepDownloadsIn(Path folder) {
    tools.call(
        null,
        "Browser.setDownloadBehavior",
        DevTools.parameters()
            .put("behavior", "allow")
            .put("browserContextId", context)
            .put("downloadPath", folder.toString()));
  }

  /** Types on the keyboard, where the focus is. */
  void type(String text) {
    call("Input.insertText", DevTools.parameters().put("text", text));
  }

  void press(String key, int code) {
    for (String kind : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          DevTools.parameters()
              .put("type", kind)
              .put("key", key)
              .put("code", key)
              .put("windowsVirtualKeyCode", code));
    }
  }

  /** Returns the value of a JavaScript expression; a promise's is awaited. */
  JsonNode value(String expression) {
    JsonNode result =
        call(
            "Runtime.evaluate",
            DevTools.parameters()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true)
                .put("userGesture", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  String text(String expression) {
    return value(expression).asText();
  }

  void run(String statements) {
    value("(() => { " + statements + " })()");
  }

  void click(String selector) {
    until("document.querySelector(`%s`) !== null".formatted(selector));
    run("document.querySelector(`%s`).click()".formatted(selector));
  }

  /** Waits until an expression is true. */
  void until(String expression) {
    until(expression, LIMIT);
  }

  void until(String expression, Duration limit) {
    await(expression)
        .atMost(limit)
        .pollInterval(POLL)
        .pollDelay(Duration.ZERO)
        .until(() -> value("Boolean(" + expression + ")").asBoolean());
  }

  /** Returns what the page complained of, here or in the console. */
  List<String> complaints() {
    return events.stream()
        .filter(event -> event.path("sessionId").asText().equals(session))
        .filter(Tab::isComplaint)
        .map(event -> event.path("params").toString())
        .toList();
  }

  private static boolean isComplaint(JsonNode event) {
    JsonNode parameters = event.path("params");
    return switch (event.path("method").asText()) {
      case "Runtime.exceptionThrown" -> true;
      case "Runtime.consoleAPICalled" -> BAD.contains(parameters.path("type").asText());
      case "Log.entryAdded" -> BAD.contains(parameters.path("entry").path("level").asText());
      default -> false;
    };
  }

  private JsonNode call(String method, ObjectNode parameters) {
    return tools.call(session, method, parameters);
  }

  @Override
  public void close() {
    tools.call(
        null,
        "Target.disposeBrowserContext",
        DevTools.parameters().put("browserContextId", context));
  }
}
