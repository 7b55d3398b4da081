// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/** What {@link WorkerProcess} can be asked to do. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Question.RunNetwork.class, name = "run-network"),
  @JsonSubTypes.Type(value = Question.StartStream.class, name = "start-stream"),
  @JsonSubTypes.Type(value = Question.AwaitFaces.class, name = "await-faces"),
  @JsonSubTypes.Type(value = Question.TakeSample.class, name = "take-sample"),
  @JsonSubTypes.Type(value = Question.StopStream.class, name = "stop-stream")
})
sealed interface Question {

  /** What answers faces. */
  enum Engine {
    /** The product's: DL4J. */
    DL4J,
    /** ONNX Runtime, fed by our export. */
    ONNX,
    /** No network, the same answer for each face: what is left is the pipeline alone. */
    NONE
  }

  /**
   * Classify drawn batches, nothing else; answered by a {@link Sample} of the difference.
   *
   * @param threads each with a network of its own
   */
  record RunNetwork(Engine engine, int threads, int batch, double seconds) implements Question {}

  /**
   * Start the classifier stream; answered when it has its share of the work.
   *
   * @param kafka raw settings: at least broker, application id and state directory
   */
  record StartStream(
      String topicPrefix,
      int partitions,
      Engine engine,
      int threads,
      int maxBatch,
      long windowMillis,
      long graceMillis,
      Map<String, String> kafka)
      implements Question {}

  /** Wait until the stream has classified so many faces; answered by a {@link Sample}. */
  record AwaitFaces(long faces, double timeoutSeconds) implements Question {}

  /** Answered by a {@link Sample}. */
  record TakeSample() implements Question {}

  /** Close the stream. */
  record StopStream() implements Question {}
}
