// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import static io.emotionstream.benchmarks.endtoend.ChildProcess.ANSWER;
import static io.emotionstream.benchmarks.endtoend.ChildProcess.JSON;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The child's end of {@link ChildProcess}: reads questions until they end, answers each. */
final class Answers {
  private final PrintStream out;

  private Answers(PrintStream out) {
    this.out = out;
  }

  /** Takes standard output for the answers; what else is printed there goes to standard error. */
  static Answers open() {
    Answers answers = new Answers(System.out);
    System.setOut(System.err);
    return answers;
  }

  /** Answers one question. */
  @FunctionalInterface
  interface Handler<Q> {
    Object answer(Q question) throws Exception;
  }

  void say(Object answer) throws IOException {
    write(Map.of("answer", answer));
  }

  <Q> void serve(Class<Q> type, Handler<Q> handler) throws IOException {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      try {
        say(handler.answer(JSON.readValue(line, type)));
      } catch (Exception e) { // whatever it is, the one who asked is told
        e.printStackTrace();
        write(Map.of("error", e.toString()));
      }
    }
  }

  private void write(Object line) throws IOException {
    out.println(ANSWER + JSON.writeValueAsString(line));
    out.flush();
  }
}
