// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.emotionstream.dashboard.Dashboard;
import io.emotionstream.dashboard.DashboardConfig;
import io.emotionstream.dashboard.history.HistoryConfig;
import io.emotionstream.dashboard.web.WebConfig;
import io.emotionstream.schemas.AvroSerde;
import io.emotionstream.schemas.Emotion;
import io.emotionstream.schemas.EmotionDistribution;
import io.emotionstream.schemas.EmotionEvent;
import io.emotionstream.schemas.Topics;
import io.emotionstream.sink.AnalyticsSink;
import io.emotionstream.sink.SinkConfig;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.DatabaseExtension;
import io.emotionstream.testkit.Distributions;
import io.emotionstream.testkit.Events;
import io.emotionstream.testkit.TestBroker;
import io.emotionstream.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page as an operator sees it: from records on the topics to what stands in the browser. */
@ExtendWith({BrokerExtension.class, DatabaseExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageIT {
  private static final Logger log = LoggerFactory.getLogger(PageIT.class);
  private static final Duration SIZE = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOKEN = "a-token-for-this-test";
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
  private static final String STATE_OF =
      "[...document.querySelectorAll('.card')].find(card =>"
          + " card.querySelector('h3').textContent === '%s')?.dataset.state";

  private Path executable;
  private TestBroker broker;
  private Topics topics;
  private TestDatabase database;
  private AnalyticsSink sink;
  private Dashboard dashboard;
  private Chromium browser;
  private Tab tab;

  @BeforeAll
  void start(TestBroker aBroker, TestDatabase aDatabase, @TempDir Path profile) throws IOException {
    executable = Chromium.require();
    broker = aBroker;
    database = aDatabase;
    topics = broker.newTopics();
    sink =
        new AnalyticsSink(
            SinkConfig.of(database.jdbcUrl(), "", ""),
            topics,
            Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", topics.prefix()));
    sink.start();
    sendWindows();
    dashboard = dashboard(0, Optional.empty());
    dashboard.start();
    browser = Chromium.start(executable, profile);
    await().atMost(LIMIT).until(() -> sink.metrics().distributionsWritten() >= 25);
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (browser != null) {
      browser.close();
      dashboard.close();
      sink.close();
    }
  }

  @BeforeEach
  void openTab() {
    tab = browser.open();
  }

  @AfterEach
  void closeTab() {
    tab.close();
  }

  @Test
  void movesWithinTwoSecondsOfAnEvent() {
    openPage("/?view=live");
    sendEvent("moving");
    tab.until(STATE_OF.formatted("moving") + " === 'live'");
    String stack =
        "[...document.querySelectorAll('.card')].find(card =>"
            + " card.querySelector('h3').textContent === 'moving').querySelector('.stack')";
    String faces =
        "Number((/: ([0-9]+) face/.exec(" + stack + ".getAttribute('aria-label')) ?? [0, 0])[1])";

    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int before = tab.value(faces).asInt();
      long sent = System.nanoTime();
      sendEvent("moving");
      tab.until(faces + " > " + before);
      delays.add(Duration.ofNanos(System.nanoTime() - sent));
    }

    assertThat(
            tab.value(
                    "[..."
                        + stack
                        + ".querySelectorAll('.class-3')].some(path =>"
                        + " path.getAttribute('d') !== '')")
                .asBoolean())
        .as("a bar of happy faces")
        .isTrue();
    log.info("the page showed an event after {}", delays);
    assertThat(delays.stream().sorted().toList().get(1))
        .as("of %s", delays)
        .isLessThan(Duration.ofSeconds(2));
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void marksASilentCameraAndFindsIt() {
    openPage("/?view=live");
    tab.until(STATE_OF.formatted("quiet") + " === 'silent'");
    assertThat(tab.text("document.querySelector('.card[data-state=silent] .state').textContent"))
        .isEqualTo("Silent");

    tab.click(".segmented input[value=silent]");

    tab.until("document.querySelectorAll('.card').length === 1");
    tab.until(STATE_OF.formatted("quiet") + " === 'silent'");
    assertThat(tab.text("location.search")).isEqualTo("?view=live&state=silent");
    tab.run("history.back()");
    tab.until("document.querySelectorAll('.card').length > 1");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void searchesAndSaysWhatToDoWhereNothingMatches() {
    openPage("/?view=live&layout=table");
    tab.until("document.querySelectorAll('.cameras tbody tr').length > 1");

    tab.run("document.querySelector('input[type=search]').focus()");
    tab.type("lobb");
    tab.until("document.querySelectorAll('.cameras tbody tr').length === 1");
    tab.type("ying");

    tab.until("document.querySelector('.empty')?.textContent.includes('No camera matches')");
    tab.click(".empty button");
    tab.until("document.querySelectorAll('.cameras tbody tr').length > 1");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void filtersHistoryByCameraAndGoesBack() {
    openPage("/?view=history&range=1h");
    String cameras =
        "[...new Set([...document.querySelectorAll('.history td:nth-child(2)')].map(cell =>"
            + " cell.textContent))].sort().join()";
    tab.until(cameras + " === 'lobby,quiet'");

    String suggestions =
        "[...document.querySelectorAll('#camera-names option')].map(option => option.value)";
    tab.run("document.querySelector('.picker input').focus()");
    tab.type("lobby");
    tab.until("!" + suggestions + ".includes('quiet')");
    tab.press("Enter", 13);

    tab.until(cameras + " === 'lobby'");
    tab.until(suggestions + ".includes('quiet')"); // for the next one to be chosen
    assertThat(tab.text("location.search")).isEqualTo("?view=history&camera=lobby");
    assertThat(tab.text("document.querySelector('.summary').textContent")).startsWith("60 faces");
    tab.run("history.back()");
    tab.until(cameras + " === 'lobby,quiet'");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void readsTheChartByKeyboard() {
    openPage("/?view=history&camera=lobby&resolution=10s");
    tab.until("document.querySelector('.chart .stack path[d*=M]') !== null");

    tab.run("document.querySelector('.chart').focus()");
    tab.press("End", 35);

    tab.until("document.querySelector('.tip:not([hidden])') !== null");
    assertThat(tab.text("document.querySelector('.chart [role=status]').textContent"))
        .contains("happy");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void downloadsWindowsAsCsv(@TempDir Path folder) throws IOException {
    tab.keepDownloadsIn(folder);
    openPage("/?view=history&camera=lobby");
    tab.until("document.querySelector('a[download]')?.href.includes('windows.csv')");

    tab.click("a[download]");

    await().atMost(LIMIT).until(() -> !csvFiles(folder).isEmpty());
    List<String> lines = Files.readAllLines(csvFiles(folder).get(0));
    assertThat(lines).hasSize(1 + 20);
    assertThat(lines.subList(1, lines.size()))
        .allSatisfy(line -> assertThat(line).contains("lobby"));
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void asksForTheTokenAndGoesOnAfterABreak() throws IOException {
    Dashboard guarded = dashboard(0, Optional.of(TOKEN));
    guarded.start();
    int port = guarded.address().getPort();
    tab.open(guarded.address().resolve("/"));
    tab.until("document.getElementById('token-dialog').open");
    tab.type("not-" + TOKEN);
    tab.click("#token-form button");
    tab.until("document.getElementById('token-error').textContent.includes('refused')");

    tab.run("document.getElementById('token').focus()");
    tab.type(TOKEN);
    tab.click("#token-form button");
    tab.until("document.getElementById('connection').dataset.state === 'live'");
    guarded.close();
    tab.until("document.getElementById('connection').dataset.state === 'waiting'");
    try (Dashboard again = dashboard(port, Optional.of(TOKEN))) {
      again.start();
      tab.until("document.getElementById('connection').dataset.state === 'live'");
      tab.until(STATE_OF.formatted("quiet") + " === 'silent'");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "live, light, 1440",
    "live, dark, 1440",
    "history, light, 1440",
    "history, dark, 1440",
    "live&layout=table, dark, 1440",
    "live, light, 390",
    "history, dark, 390"
  })
  void isAccessibleAndFits(String view, String theme, int width) throws IOException {
    tab.resize(width, 900).prefer(theme);
    openPage("/?view=" + view);
    tab.until("document.querySelector('.card, tbody tr') !== null");
    assertThat(tab.complaints()).isEmpty(); // before axe, whose canvas Chromium complains of
    tab.value(resource(AXE) + ";true");

    JsonNode result =
        tab.value(
            "axe.run().then(found => ({passes: found.passes.length, violations:"
                + " found.violations.map(each => each.id + ': ' + each.nodes.map(node =>"
                + " node.html + ' ' + node.failureSummary).join('\\n'))}))");

    assertThat(result.path("violations")).isEmpty();
    assertThat(result.path("passes").asInt()).as("rules that were checked").isGreaterThan(15);
    assertThat(tab.value("document.documentElement.scrollWidth").asInt())
        .as("width of the content")
        .isLessThanOrEqualTo(width);
  }

  @Test
  void keepsTheChosenTheme() {
    tab.prefer("light");
    openPage("/?view=live");
    String ground = "getComputedStyle(document.documentElement).backgroundColor";
    String light = tab.text(ground);

    tab.click("#theme"); // light, then dark
    tab.click("#theme");
    String dark = tab.text(ground);
    openPage("/?view=history");

    assertThat(dark).isNotEqualTo(light);
    assertThat(tab.text(ground)).isEqualTo(dark);
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void modulesDoWhatTheySay() throws IOException {
    openPage("/?view=live");
    JsonNode failures = tab.value(resource("page-checks.js"));

    assertThat(failures.isArray()).isTrue();
    assertThat(failures).isEmpty();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = requireNonNull(PageIT.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private void openPage(String query) {
    tab.open(dashboard.address().resolve(query));
  }

  private Dashboard dashboard(int port, Optional<String> token) {
    return new Dashboard(
        new DashboardConfig(
            new WebConfig("test", WebConfig.THIS_MACHINE, port, token, Optional.empty()),
            Duration.ofMinutes(10),
            Optional.of(HistoryConfig.of(database.jdbcUrl(), "", "")),
            List.of()),
        topics,
        Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private void sendEvent(String camera) {
    EmotionEvent event = Events.event(camera, Emotion.HAPPY, Instant.now()).build();
    broker.send(
        AvroSerde.of(EmotionEvent.class),
        List.of(new ProducerRecord<>(topics.emotionEvents().name(), camera, event)));
  }

  /** The lobby had three faces in each of 20 windows; in the last five nobody was at quiet. */
  private void sendWindows() {
    Instant end =
        Instant.ofEpochMilli(Instant.now().toEpochMilli() / SIZE.toMillis() * SIZE.toMillis());
    List<ProducerRecord<String, EmotionDistribution>> records = new ArrayList<>();
    for (int i = 20; i > 0; i--) {
      Instant start = end.minus(SIZE.multipliedBy(i));
      records.add(
          record(
              Distributions.window("lobby", start, SIZE)
                  .counting(Emotion.HAPPY, 2)
                  .counting(Emotion.SAD, 1)
                  .build()));
      if (i <= 5) {
        records.add(record(Distributions.window("quiet", start, SIZE).alive(10).build()));
      }
    }
    broker.send(AvroSerde.of(EmotionDistribution.class), records);
  }

  private ProducerRecord<String, EmotionDistribution> record(EmotionDistribution window) {
    return new ProducerRecord<>(
        topics.distributions().name(),
        null,
        window.getWindowEnd().toEpochMilli(),
        window.getCameraId(),
        window);
  }

  private static List<Path> csvFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".csv")).toList();
    }
  }
}
