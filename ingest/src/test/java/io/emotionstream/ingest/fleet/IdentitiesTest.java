// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.emotionstream.ingest.publish.Camera;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
  private final Identities identities =
      new Identities(id -> new Camera(id, "run", InstantSource.system()));

  @Test
  void camerasThatComeAndGoForMonthsTakeNoMemory() {
    Camera stays = identities.open("stays");

    for (int i = 0; i < 100_000; i++) {
      identities.open("visitor-" + i);
      identities.release("visitor-" + i);
    }

    assertThat(identities.size()).isEqualTo(1 + Identities.FORMER);
    assertThat(identities.open("stays")).isSameAs(stays);
  }

  @Test
  void cameraThatComesBackGoesOnAsItself() {
    Camera first = identities.open("door");

    identities.release("door");

    assertThat(identities.open("door")).isSameAs(first);
    identities.release("door");
    identities.release("door");
    assertThat(identities.size()).isEqualTo(1);
  }
}
