// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import io.emotionstream.sink.AnalyticsTables;
import io.emotionstream.sink.SinkConfig;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the roles and tables that the sink and the readers of its results use. */
@Command(name = "database", description = "Make the sink's tables, and who may do what with them.")
final class DatabaseCommand {
  @Command(
      name = "roles",
      description = {
        "Print the SQL that a superuser runs once to make a role for each service:",
        "./emotion database roles | psql --dbname=emotion"
      })
  int roles(
      @Option(
              names = "--move",
              description =
                  "Also move the tables that a sink made as its owner to the role that owns them"
                      + " from now on; while no sink runs.")
          boolean move) {
    System.out.print(AnalyticsTables.rolesScript());
    if (move) {
      System.out.print(AnalyticsTables.moveScript());
    }
    return 0;
  }

  @Command(
      name = "migrate",
      description = {
        "Bring the tables up to date, as their owner, and grant the roles what they need.",
        "A sink that owns the tables does the former itself."
      })
  int migrate(@Mixin DatabaseOptions database) throws IOException {
    SinkConfig config = SinkConfig.of(database.login());
    boolean granted = AnalyticsTables.migrate(config);
    System.out.printf(
        "tables in %s are up to date, %s%n",
        config.login().maskedUrl(),
        granted
            ? "the roles have their grants"
            : "nothing was granted, for './emotion database roles' was not run there");
    return 0;
  }
}
