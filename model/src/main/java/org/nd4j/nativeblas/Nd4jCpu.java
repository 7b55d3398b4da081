// SPDX-License-Identifier: Apache-2.0
package org.nd4j.nativeblas;

/**
 * Stands where DL4J 1.0.0-M2.1 still looks, by reflection, for a class that moved to {@code
 * org.nd4j.linalg.cpu.nativecpu.bindings}: without it DL4J believes that the binaries hold no
 * oneDNN and uses kernels that are some fifteen times slower.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** What {@code BaseMKLDNNHelper.mklDnnEnabled} asks. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    public static Environment getInstance() {
      return INSTANCE;
    }

    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
