// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * How an installation writes its records: Avro single-object encoding, which needs no service, or
 * Confluent's wire format with a schema registry. All stages of an installation have the same; one
 * with a registry reads both, so that what was written before the switch is still read.
 *
 * <p>Safe for use by several threads.
 */
@NullMarked
public final class RecordFormat {
  /** Client setting: URL of a registry; absent or empty for none. */
  public static final String REGISTRY_URL = "schema.registry.url";

  /** Client setting: {@code user:password} for the registry. */
  public static final String USER_INFO = "schema.registry.basic.auth.user.info";

  /** Avro single-object encoding. */
  public static final RecordFormat SINGLE_OBJECT = new RecordFormat(null);

  private final @Nullable SchemaRegistry registry;

  RecordFormat(@Nullable SchemaRegistry registry) {
    this.registry = registry;
  }

  /**
   * Returns the format that a stage's Kafka settings name; makes sure that the registry, if it
   * names one, is there.
   *
   * @throws IllegalArgumentException if there is no registry at the URL
   * @throws RegistryException if nobody answers
   */
  public static RecordFormat of(Map<String, ?> kafkaSettings) {
    String url = text(kafkaSettings, REGISTRY_URL);
    if (url.isEmpty()) {
      return SINGLE_OBJECT;
    }
    HttpSchemaRegistry registry = new HttpSchemaRegistry(url, text(kafkaSettings, USER_INFO));
    registry.requirePresent();
    return new RecordFormat(registry);
  }

  /** Returns a serde for a topic that carries any of {@code types}. */
  @SafeVarargs
  public final <T extends SpecificRecord> AvroSerde<T> serde(Class<? extends T>... types) {
    return new AvroSerde<>(types, registry);
  }

  private static String text(Map<String, ?> settings, String name) {
    Object value = settings.get(name);
    return value == null ? "" : value.toString();
  }
}
