// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.model;

import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which native kernels DL4J computes with.
 *
 * <p>DL4J 1.0.0-M2.1 leaves oneDNN off unless three things hold: binaries with oneDNN (the {@code
 * nd4j.classifier} of the parent pom), the helpers switched on (done here, unless the system
 * property is set already), and the class {@link org.nd4j.nativeblas.Nd4jCpu} on the class path.
 *
 * @param oneDnn whether convolutions run on oneDNN, some fifteen times faster than without
 * @param threads native threads that one operation may use
 */
public record NativeKernels(boolean oneDnn, int threads) {
  private static final Logger LOG = LoggerFactory.getLogger(NativeKernels.class);
  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";
  private static final NativeKernels INSTANCE = load();

  /** Switches on the fastest kernels that are there; says once, in one line, which they are. */
  public static NativeKernels enable() {
    return INSTANCE;
  }

  @Override
  public String toString() {
    return "%s kernels with %d native %s an operation"
        .formatted(oneDnn ? "oneDNN" : "plain", threads, threads == 1 ? "thread" : "threads");
  }

  private static NativeKernels load() {
    if (System.getProperty(HELPERS_DISABLED) == null) {
      System.setProperty(HELPERS_DISABLED, "false");
    }
    // ND4J prints a banner of its own at INFO; ours says the same in one line.
    System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    boolean helpers = !Boolean.parseBoolean(System.getProperty(HELPERS_DISABLED));
    Nd4j.getBackend(); // loads the native library
    int threads = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    NativeKernels kernels =
        new NativeKernels(
            helpers && org.nd4j.nativeblas.Nd4jCpu.Environment.getInstance().isUseMKLDNN(),
            threads);
    if (kernels.oneDnn()) {
      LOG.info("DL4J computes with oneDNN kernels, {} native threads an operation", threads);
    } else {
      LOG.warn(
          "DL4J computes without oneDNN, some fifteen times slower than with it ({}): use a"
              + " platform whose nd4j-native binaries hold oneDNN, such as linux-x86_64-onednn",
          helpers ? "the native binaries hold none" : HELPERS_DISABLED + " is true");
    }
    return kernels;
  }
}
