// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void deviceThatIsNotThereIsToldBeforeAnythingElse() {
    try (Interrupt interrupt = new Interrupt()) {
      assertThatExceptionOfType(StreamException.class)
          .isThrownBy(
              () ->
                  StreamInput.open(
                          StreamRequest.device("/dev/video987"), interrupt, InstantSource.system())
                      .close())
          .withMessageStartingWith("there is no device /dev/video987; this machine has ");
    }
  }

  @Test
  void presentDevicesAreNamed(@TempDir Path dev) throws Exception {
    assertThat(Devices.present(dev)).startsWith("none: plug one in");

    Files.createFile(dev.resolve("video2"));
    Files.createFile(dev.resolve("video0"));
    Files.createFile(dev.resolve("null"));

    assertThat(Devices.present(dev)).isEqualTo(dev + "/video0, " + dev + "/video2");
    assertThat(Devices.present(dev.resolve("none"))).contains("no directory");
  }

  @Test
  void networkStreamsAreNoDevices() throws StreamException {
    Devices.check(StreamRequest.network("http://camera/", false));

    assertThat(Devices.hint(StreamRequest.network("http://camera/", false))).isEmpty();
    assertThat(Devices.hint(StreamRequest.device("/dev/video0"))).contains("is it a camera");
  }
}
