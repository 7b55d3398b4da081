// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.it.faults.Stage;
import io.emotionstream.launcher.Main;
import io.emotionstream.testkit.BrokerExtension;
import io.emotionstream.testkit.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ingest on a broker where nobody has created the topics. */
@ExtendWith(BrokerExtension.class)
@Timeout(120)
class MissingTopicIT {
  @TempDir Path directory;

  @Test
  void ingestSaysThatItsTopicIsMissing(TestBroker broker) throws IOException {
    List<String> ingest =
        List.of(
            "ingest",
            "--bootstrap-servers=" + broker.bootstrapServers(),
            "--topic-prefix=nobody-made-",
            "--source=synthetic:?count=5");

    try (Stage stage = Stage.start("ingest", directory, Main.class, ingest)) {
      assertThat(stage.awaitEnd()).as(stage.lastLines()).isEqualTo(1);
      assertThat(stage.lastLines())
          .contains("topic nobody-made-face-frames is missing on " + broker.bootstrapServers())
          .contains("./emotion topics create");
    }
  }
}
