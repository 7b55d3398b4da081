// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseLoginTest {
  private static final String URL = "jdbc:postgresql://db:5432/emotions";

  @Test
  void namesTheFormOfAUrlThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DatabaseLogin("postgres://db/emotions", "", ""))
        .withMessage(
            "jdbcUrl must look like jdbc:postgresql://host:5432/database, was"
                + " 'postgres://db/emotions'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DatabaseLogin("jdbc:postgresql://db:port/emotions", "", ""))
        .withMessageContaining("jdbc:postgresql://db:port/emotions");
  }

  @Test
  void showsNoPassword() {
    DatabaseLogin login =
        new DatabaseLogin(
            URL + "?user=ann&password=s3cret&sslpassword=s3cret&ssl=true", "", "s3cret");

    assertThat(login.toString()).doesNotContain("s3cret").contains("user=ann", "ssl=true");
    assertThat(login.maskedUrl())
        .isEqualTo(URL + "?user=ann&password=***&sslpassword=***&ssl=true");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DatabaseLogin("postgres://ann:s3cret@db/emotions", "", ""))
        .withMessageContaining("postgres://ann:***@db/emotions");
  }

  @Test
  void settingsOfTheUrlComeFirst() {
    PGSimpleDataSource own =
        new DatabaseLogin(URL + "?socketTimeout=7&ApplicationName=mine", "", "")
            .newDataSource("emotion", Duration.ofSeconds(60));
    PGSimpleDataSource given =
        new DatabaseLogin(URL, "ann", "s3cret").newDataSource("emotion", Duration.ofSeconds(60));

    assertThat(own.getSocketTimeout()).isEqualTo(7);
    assertThat(own.getApplicationName()).isEqualTo("mine");
    assertThat(given.getSocketTimeout()).isEqualTo(60);
    assertThat(given.getApplicationName()).isEqualTo("emotion");
    assertThat(given.getUser()).isEqualTo("ann");
    assertThat(given.getPassword()).isEqualTo("s3cret");
  }
}
