// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one process tells about itself: {@value #METRICS} for Prometheus, {@value #LIVE} (whether it
 * should be left running) and {@value #READY} (whether it does its work), these two as JSON with
 * the reason. Any server can show its pages; {@link OperationsServer} does.
 *
 * <p>Safe for use by several threads. What is added goes away with {@link #close}.
 */
public final class Operations implements Pages, AutoCloseable {
  public static final String METRICS = "/metrics";
  public static final String LIVE = "/health/live";
  public static final String READY = "/health/ready";

  private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final HealthChecks live = new HealthChecks();
  private final HealthChecks ready = new HealthChecks();

  /**
   * Knows nothing yet but the JVM.
   *
   * @param stage what the process is, such as {@code classify}
   */
  public Operations(String stage, String version) {
    registry.config().meterFilter(new KafkaMeterFilter());
    registry.getPrometheusRegistry().register(new Sources());
    bind(new JvmMemoryMetrics());
    bind(new JvmGcMetrics());
    bind(new JvmThreadMetrics());
    bind(new ProcessorMetrics());
    bind(new UptimeMetrics());
    bind(new FileDescriptorMetrics());
    metrics(
        families ->
            families.gauge(
                "emotion_build_info",
                "Always 1; which stage of which release this is.",
                1,
                "stage",
                stage,
                "version",
                version));
    metrics(this::addReadiness);
  }

  /** Returns where Micrometer's own meters and binders go. */
  public MeterRegistry meters() {
    return registry;
  }

  /** Shows the numbers of {@code source} among the metrics. */
  public void metrics(MetricSource source) {
    sources.add(source);
  }

  /** Lets {@value #LIVE} ask {@code check}: what is wrong there, only a restart can mend. */
  public void live(String name, HealthCheck check) {
    live.add(name, check);
  }

  /** Lets {@value #READY} ask {@code check}: what is wrong there may mend itself. */
  public void ready(String name, HealthCheck check) {
    ready.add(name, check);
  }

  /** Shows the client's own metrics. */
  public void producer(Producer<?, ?> producer) {
    bind(new KafkaClientMetrics(producer));
  }

  /** Shows the client's own metrics. */
  public void consumer(Consumer<?, ?> consumer) {
    bind(new KafkaClientMetrics(consumer));
  }

  /** Shows the metrics of Kafka Streams and its clients. */
  public void streams(KafkaStreams streams) {
    bind(new KafkaStreamsMetrics(streams));
  }

  /**
   * Asks the broker every few seconds whether it answers, which {@value #READY} then tells as
   * {@code kafka}, and how far groups are behind.
   *
   * @param settings of an admin client, at least {@code bootstrap.servers}; what is none is left
   *     out
   * @param groups consumer groups whose lag is shown
   */
  public void watchKafka(Map<String, Object> settings, Set<String> groups) {
    KafkaProbe probe = KafkaProbe.start(settings, groups);
    keep(probe);
    ready("kafka", probe);
    metrics(probe);
  }

  @Override
  public Optional<Page> page(String path) {
    return switch (path) {
      case METRICS -> Optional.of(Page.text(PROMETHEUS_TEXT, registry.scrape()));
      case LIVE -> Optional.of(live.page());
      case READY -> Optional.of(ready.page());
      default -> Optional.empty();
    };
  }

  @Override
  public void close() {
    while (true) {
      AutoCloseable part;
      synchronized (parts) {
        if (parts.isEmpty()) {
          break;
        }
        part = parts.pop();
      }
      try {
        part.close();
      } catch (Exception e) { // the others are to be closed as well
        LOG.warn("cannot close {}: {}", part.getClass().getSimpleName(), e.toString());
      }
    }
    registry.close();
  }

  private void addReadiness(MetricFamilies families) {
    ready
        .answers()
        .forEach(
            (name, problem) ->
                families.gauge(
                    "emotion_ready",
                    "1 if what the check looks at works.",
                    problem.isEmpty() ? 1 : 0,
                    "check",
                    name));
  }

  private void bind(MeterBinder binder) {
    binder.bindTo(registry);
    if (binder instanceof AutoCloseable closeable) {
      keep(closeable);
    }
  }

  private void keep(AutoCloseable part) {
    synchronized (parts) {
      parts.push(part);
    }
  }

  /** All sources as one, so that several may add samples of one name. */
  private final class Sources implements MultiCollector {
    @Override
    public MetricSnapshots collect() {
      MetricFamilies families = new MetricFamilies();
      sources.forEach(source -> source.addTo(families));
      return families.snapshots();
    }
  }
}
