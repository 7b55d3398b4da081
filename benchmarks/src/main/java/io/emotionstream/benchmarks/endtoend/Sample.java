// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

/**
 * What a process has done since it started, or between two moments ({@link #minus}).
 *
 * @param wallNanos time by a monotonic clock
 * @param cpuNanos CPU time of the whole process: all threads, garbage collection, compilation
 * @param faces classified
 * @param batches calls of the network
 * @param networkNanos CPU time of the calling threads inside the network
 * @param streamNanos CPU time of the stream threads, the network included
 * @param clientNanos CPU time of the Kafka clients' own threads
 * @param allocatedBytes heap allocated by the threads that are alive
 * @param memory at this moment, not a difference
 */
record Sample(
    long wallNanos,
    long cpuNanos,
    long faces,
    long batches,
    long networkNanos,
    long streamNanos,
    long clientNanos,
    long allocatedBytes,
    Memory memory) {

  /**
   * Memory of a process, in bytes.
   *
   * @param resident of the process, -1 where the system does not tell
   * @param heapUsed garbage included
   * @param heapCommitted taken from the system
   * @param nonHeap classes and compiled code
   * @param direct direct buffers
   * @param arrays off-heap arrays that JavaCPP knows of
   */
  record Memory(
      long resident, long heapUsed, long heapCommitted, long nonHeap, long direct, long arrays) {}

  Sample minus(Sample before) {
    return new Sample(
        wallNanos - before.wallNanos,
        cpuNanos - before.cpuNanos,
        faces - before.faces,
        batches - before.batches,
        networkNanos - before.networkNanos,
        streamNanos - before.streamNanos,
        clientNanos - before.clientNanos,
        allocatedBytes - before.allocatedBytes,
        memory);
  }

  double seconds() {
    return wallNanos / 1e9;
  }

  /** Returns faces a second by the clock on the wall. */
  double facesPerSecond() {
    return faces / seconds();
  }

  /** Returns faces for each second of CPU time of the process: what one core does. */
  double facesPerCpuSecond() {
    return faces / (cpuNanos / 1e9);
  }
}
