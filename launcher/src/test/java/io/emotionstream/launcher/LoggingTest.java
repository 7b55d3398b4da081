// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class LoggingTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("io.emotionstream.Some");

  @Test
  void writesAJsonObjectALine() throws Exception {
    Encoder<ILoggingEvent> encoder = Logging.json();
    encoder.setContext(context);
    encoder.start();
    Exception cause = new IllegalStateException("gone");

    byte[] line =
        encoder.encode(
            new LoggingEvent(
                "", logger, Level.WARN, "{} said \"no\"\nand left", cause, new Object[] {"db"}));

    JsonNode event = JsonMapper.builder().build().readTree(line);
    assertThat(new String(line, UTF_8)).endsWith("\n").hasLineCount(1);
    assertThat(event.get("level").asText()).isEqualTo("WARN");
    assertThat(event.get("loggerName").asText()).isEqualTo("io.emotionstream.Some");
    assertThat(event.get("formattedMessage").asText()).isEqualTo("db said \"no\"\nand left");
    assertThat(event.get("timestamp").asLong()).isPositive();
    assertThat(event.get("threadName").asText()).isNotEmpty();
    assertThat(event.get("throwable").get("message").asText()).isEqualTo("gone");
    assertThat(event.has("arguments")).as("they may be what nobody has masked").isFalse();
  }
}
