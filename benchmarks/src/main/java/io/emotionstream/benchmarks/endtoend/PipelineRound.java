// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One run of the saturated pipeline; figures of a part of it in which the stream never waited, but
 * for the bytes, which are of all of it.
 *
 * @param faces measured
 * @param facesPerSecond by the clock on the wall
 * @param facesPerCpuSecond for each second of CPU time of the classifier process, whole
 * @param brokerMicrosPerFace CPU time of the broker process
 * @param batch mean faces a call of the network
 * @param networkShare of the classifier process' CPU time: inside the network
 * @param streamShare stream threads outside the network: reading, Avro, stores, windows, producing
 * @param clientShare the Kafka clients' own threads
 * @param otherShare garbage collection, compilation, and what else there is
 * @param allocatedBytesPerFace heap
 * @param waitingChangelogBytesPerFace changelog of frames that wait
 * @param windowsChangelogBytesPerFace the other changelogs: windows
 * @param eventBytesPerFace on emotion-events
 * @param stateBytes of the state directory after the run
 * @param windows written
 */
record PipelineRound(
    long faces,
    double facesPerSecond,
    double facesPerCpuSecond,
    double brokerMicrosPerFace,
    double batch,
    double networkShare,
    double streamShare,
    double clientShare,
    double otherShare,
    double allocatedBytesPerFace,
    double waitingChangelogBytesPerFace,
    double windowsChangelogBytesPerFace,
    double eventBytesPerFace,
    long stateBytes,
    long windows) {

  /** Returns the median of each figure by itself. */
  static PipelineRound median(List<PipelineRound> rounds) {
    return new PipelineRound(
        Math.round(median(rounds, PipelineRound::faces)),
        median(rounds, PipelineRound::facesPerSecond),
        median(rounds, PipelineRound::facesPerCpuSecond),
        median(rounds, PipelineRound::brokerMicrosPerFace),
        median(rounds, PipelineRound::batch),
        median(rounds, PipelineRound::networkShare),
        median(rounds, PipelineRound::streamShare),
        median(rounds, PipelineRound::clientShare),
        median(rounds, PipelineRound::otherShare),
        median(rounds, PipelineRound::allocatedBytesPerFace),
        median(rounds, PipelineRound::waitingChangelogBytesPerFace),
        median(rounds, PipelineRound::windowsChangelogBytesPerFace),
        median(rounds, PipelineRound::eventBytesPerFace),
        Math.round(median(rounds, PipelineRound::stateBytes)),
        Math.round(median(rounds, PipelineRound::windows)));
  }

  private static double median(List<PipelineRound> rounds, ToDoubleFunction<PipelineRound> figure) {
    return Spread.of(rounds, figure).median();
  }
}
