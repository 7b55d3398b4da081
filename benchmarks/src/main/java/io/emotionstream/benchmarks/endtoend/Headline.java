// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.util.List;
import java.util.Locale;

/**
 * One of the seven figures on top, in words.
 *
 * @param goal what it should be, or empty where there is no goal
 * @param reached whether it is; true without a goal
 */
record Headline(String name, String what, String value, String goal, boolean reached) {

  /** Returns the seven, in the order of {@link BenchReport}. */
  static List<Headline> of(BenchReport report) {
    BenchReport.Ratios ratios = report.ratios();
    return List.of(
        atLeast(
            0.8,
            "pipelineOverRaw",
            "pipeline over bare network, faces a CPU second",
            ratios.pipelineOverRaw()),
        atLeast(
            0.95,
            "dl4jOverOnnx",
            "DL4J over ONNX Runtime, one thread, batch 32",
            ratios.dl4jOverOnnxAt32()),
        atLeast(
            2,
            "batchedOverSingle",
            "DL4J in batches of 32 over one by one",
            ratios.batchedOverSingle()),
        atLeast(
            0.9,
            "eosOverAlos",
            "exactly_once_v2 over at_least_once, faces a second",
            ratios.eosOverAlos()),
        new Headline(
            "p99FrameToEventMsAtHalfLoad",
            "99 % of events within, at half load",
            number("%.0f ms", report.p99FrameToEventMsAtHalfLoad()),
            "at most 250 ms",
            report.p99FrameToEventMsAtHalfLoad() <= 250),
        rate(
            "rawFacesPerSecondPerCore",
            "bare network, faces a CPU second",
            report.rawFacesPerSecondPerCore()),
        rate(
            "pipelineFacesPerSecondPerCore",
            "pipeline, faces a CPU second",
            report.pipelineFacesPerSecondPerCore()));
  }

  private static Headline atLeast(double goal, String name, String what, Spread value) {
    return new Headline(
        name, what, value.text(3), number("at least %.2f", goal), value.median() >= goal);
  }

  private static Headline rate(String name, String what, double value) {
    return new Headline(name, what, number("%,.0f", value), "", true);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
