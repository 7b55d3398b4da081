// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveConfigurationTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc-password, hunter2, ********",
    "jdbc-password-file, /run/secrets/db, /run/secrets/db",
    "kafka.ssl.truststore.password, hunter2, ********",
    "kafka.producer.ssl.keystore.key, hunter2, ********",
    "kafka.sasl.jaas.config, user=me password=hunter2, ********",
    "jdbc-url, jdbc:postgresql://db/emotion?user=me&password=hunter2&ssl=true,"
        + " jdbc:postgresql://db/emotion?user=me&password=********&ssl=true",
    "source, rtsp://me:hunter2@camera/1, rtsp://***@camera/1",
    "source, rtsp://me:hun@ter/2@camera/1, rtsp://***@camera/1",
    "source, rtsp://:hunter2@camera:554/1, rtsp://***@camera:554/1",
    "source, rtsp://camera:554/1, rtsp://camera:554/1",
    "source, fer2013:data/fer2013.csv, fer2013:data/fer2013.csv",
    "window, PT10S, PT10S"
  })
  void showsEverythingButSecrets(String name, String value, String shown) {
    assertThat(EffectiveConfiguration.mask(name, value)).isEqualTo(shown);
  }
}
