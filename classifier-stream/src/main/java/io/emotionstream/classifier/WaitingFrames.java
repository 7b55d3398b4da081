// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.classifier;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Frames that wait for their batch, in slots 0, 1, 2... of a state store. */
final class WaitingFrames {
  private final KeyValueStore<Integer, byte[]> store;
  private int size;

  WaitingFrames(KeyValueStore<Integer, byte[]> store) {
    this.store = store;
  }

  /** Returns what was left waiting, in order. */
  List<Slot> restore() {
    List<Slot> slots = new ArrayList<>();
    try (KeyValueIterator<Integer, byte[]> all = store.all()) { // ascending: keys are big-endian
      while (all.hasNext()) {
        KeyValue<Integer, byte[]> slot = all.next();
        slots.add(SlotCodec.decode(slot.value));
        size = slot.key + 1;
      }
    }
    return slots;
  }

  void add(Slot slot) {
    store.put(size++, SlotCodec.encode(slot));
  }

  void clear() {
    for (int slot = 0; slot < size; slot++) {
      store.delete(slot);
    }
    size = 0;
  }
}
