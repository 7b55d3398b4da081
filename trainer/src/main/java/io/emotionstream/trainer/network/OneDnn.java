// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.network;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * One thread's access to oneDNN; owns all native memory it gave out until it is closed.
 *
 * <p>To be used by one thread at a time.
 */
final class OneDnn implements AutoCloseable {
  /** A computation prepared over fixed memory. */
  @FunctionalInterface
  interface Step {
    void run();
  }

  /** Memory that a primitive reads or writes as its argument {@code index}. */
  record Argument(int index, memory memory) {}

  private final engine engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
  private final stream stream = new stream(engine);
  private final List<Pointer> owned = new ArrayList<>();

  engine engine() {
    return engine;
  }

  /** Returns new memory of this layout, zeroed. */
  memory allocate(memory.desc layout) {
    memory created = own(new memory(layout, engine));
    Pointer.memset(created.get_data_handle(), 0, layout.get_size());
    return created;
  }

  /** Returns new memory for a vector of single precision. */
  memory allocateVector(int length) {
    return allocate(
        new memory.desc(new long[] {length}, memory.data_type.f32, memory.format_tag.a));
  }

  /** Returns a step that runs {@code computation} over its arguments. */
  Step step(primitive computation, Argument... arguments) {
    own(computation);
    IntMemoryMap map = own(new IntMemoryMap());
    for (Argument argument : arguments) {
      map.put(argument.index(), argument.memory());
    }
    return () -> computation.execute(stream, map);
  }

  /** Returns a step that copies between layouts or data types. */
  Step copy(memory from, memory to) {
    return step(
        new reorder(from, to),
        new Argument(dnnl.DNNL_ARG_FROM, from),
        new Argument(dnnl.DNNL_ARG_TO, to));
  }

  private <T extends Pointer> T own(T pointer) {
    owned.add(pointer);
    return pointer;
  }

  /** Returns the memory's own values, which must be of single precision. */
  static FloatBuffer floats(memory memory) {
    long size = memory.get_desc().get_size() / Float.BYTES;
    return new FloatPointer(memory.get_data_handle()).capacity(size).asBuffer();
  }

  /** Returns the memory's own values, which must be of sixteen bits. */
  static ShortBuffer shorts(memory memory) {
    long size = memory.get_desc().get_size() / Short.BYTES;
    return new ShortPointer(memory.get_data_handle()).capacity(size).asBuffer();
  }

  @Override
  public void close() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      owned.get(i).deallocate();
    }
    owned.clear();
    stream.deallocate();
    engine.deallocate();
  }
}
