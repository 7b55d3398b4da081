// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.benchmarks.endtoend;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.emotionstream.benchmarks.endtoend.Sample.Memory;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** What this process has used. */
final class Resources {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Resources() {}

  /** Returns a sample of now, with what the caller has counted. */
  static Sample sample(long faces, long batches, long networkNanos) {
    long[] ids = THREADS.getAllThreadIds();
    long streamNanos = 0;
    long clientNanos = 0;
    long allocated = 0;
    ThreadInfo[] infos = THREADS.getThreadInfo(ids);
    for (@Nullable ThreadInfo thread : infos) {
      if (thread != null) { // it may have ended meanwhile
        long nanos = Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
        String name = thread.getThreadName();
        if (name.startsWith("kafka-")) { // of a client of a stream thread: holds its name too
          clientNanos += nanos;
        } else if (isStreamThread(name)) {
          streamNanos += nanos;
        }
        allocated += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
      }
    }
    return new Sample(
        System.nanoTime(),
        SYSTEM.getProcessCpuTime(),
        faces,
        batches,
        networkNanos,
        streamNanos,
        clientNanos,
        allocated,
        memory());
  }

  /** Returns the CPU time of the calling thread. */
  static long threadCpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Whether Kafka Streams calls a thread so that processes records. */
  static boolean isStreamThread(String name) {
    return name.contains("-StreamThread-");
  }

  private static Memory memory() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Memory(
        resident(),
        memory.getHeapMemoryUsage().getUsed(),
        memory.getHeapMemoryUsage().getCommitted(),
        memory.getNonHeapMemoryUsage().getUsed(),
        direct,
        Pointer.totalBytes());
  }

  private static long resident() {
    try (var lines = Files.lines(STATUS, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(-1);
    } catch (IOException e) { // not Linux
      return -1;
    }
  }
}
