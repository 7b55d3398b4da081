// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

  @Test
  void aRefusedAttemptInThisProcessDoesNotLetAnotherProcessIn(@TempDir Path directory)
      throws IOException {
    try (DirectoryLock lock = DirectoryLock.take(directory)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> DirectoryLock.take(directory))
          .withMessageContaining(lock.directory().toString());

      assertThat(OtherProcess.canLock(directory)).isFalse();
    }

    assertThat(OtherProcess.canLock(directory)).isTrue();
  }

  @Test
  void knowsADirectoryByAnyOfItsNames(@TempDir Path directory) throws IOException {
    Path dotted = directory.resolve(".");

    try (DirectoryLock lock = DirectoryLock.take(dotted)) {
      assertThat(lock.directory()).isEqualTo(directory.toRealPath());
      assertThatIllegalStateException().isThrownBy(() -> DirectoryLock.take(directory));
    }
  }

  @Test
  void closedAgainItDoesNotFreeTheDirectoryOfItsNextUser(@TempDir Path directory)
      throws IOException {
    DirectoryLock first = DirectoryLock.take(directory);
    first.close();

    try (DirectoryLock second = DirectoryLock.take(directory)) {
      first.close();

      assertThat(second.directory()).isEqualTo(first.directory());
      assertThatIllegalStateException().isThrownBy(() -> DirectoryLock.take(directory));
    }
  }
}
