// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of one run, the last {@value #KEPT} of which are kept.
 *
 * <p>A file is written beside its place, forced to disk and moved there in one step, so that a
 * crash leaves the one before; a checksum tells a damaged file, in place of which the one before is
 * read.
 */
final class CheckpointDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointDirectory.class);
  private static final int KEPT = 2;
  private static final long MAGIC = 0x454D4F54434B5032L; // "EMOTCKP2"
  private static final String PREFIX = "checkpoint-";
  private static final String SUFFIX = ".bin";

  private final Path directory;

  CheckpointDirectory(Path directory) {
    this.directory = directory;
  }

  void write(Checkpoint checkpoint) throws IOException {
    String name = PREFIX + "%05d".formatted(checkpoint.epoch()) + SUFFIX;
    Path temporary = directory.resolve(name + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(checkpoint, Channels.newOutputStream(channel));
      channel.force(true);
    }
    Files.move(
        temporary,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    List<Path> files = newestFirst();
    for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      Files.delete(old);
    }
  }

  /** Returns whether there are checkpoints, damaged ones included; no directory holds none. */
  boolean holdsAny() throws IOException {
    return Files.isDirectory(directory) && !newestFirst().isEmpty();
  }

  /**
   * Reads the newest intact checkpoint.
   *
   * @return nothing if there are no checkpoints
   * @throws IOException if it belongs to other settings or data, or all are damaged
   */
  Optional<Checkpoint> latest(String fingerprint) throws IOException {
    List<Path> files = newestFirst();
    for (Path file : files) {
      Checkpoint checkpoint;
      try {
        checkpoint = read(file);
      } catch (IOException e) {
        LOG.warn("passing over a damaged checkpoint: {}", e.getMessage());
        continue;
      }
      if (!checkpoint.fingerprint().equals(fingerprint)) {
        throw new IOException(
            "%s was written with other settings or data:%n  it has %s%n  this run has %s"
                .formatted(file, checkpoint.fingerprint(), fingerprint));
      }
      return Optional.of(checkpoint);
    }
    if (!files.isEmpty()) {
      throw new IOException(
          "all checkpoints in %s are damaged: begin anew with another --out".formatted(directory));
    }
    return Optional.empty();
  }

  private List<Path> newestFirst() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = new ArrayList<>(files.filter(CheckpointDirectory::isCheckpoint).toList());
      found.sort(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed());
      return found;
    }
  }

  private static boolean isCheckpoint(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  private static void write(Checkpoint checkpoint, OutputStream file) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(file, 1 << 16), new CRC32());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeLong(MAGIC);
    out.writeUTF(checkpoint.fingerprint());
    out.writeInt(checkpoint.epoch());
    out.writeLong(checkpoint.elapsed().toNanos());
    out.writeInt(checkpoint.best().epoch());
    out.writeDouble(checkpoint.best().merit());
    Optimizer.State state = checkpoint.optimizer();
    out.writeLong(state.steps());
    for (float[] array :
        List.of(state.parameters(), state.velocity(), state.square(), state.average())) {
      out.writeInt(array.length);
      for (float value : array) {
        out.writeFloat(value);
      }
    }
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  private static Checkpoint read(Path file) throws IOException {
    try (CheckedInputStream checked =
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32());
        DataInputStream in = new DataInputStream(checked)) {
      if (in.readLong() != MAGIC) {
        throw new IOException(file + " is not a checkpoint of this version");
      }
      String fingerprint = in.readUTF();
      int epoch = in.readInt();
      Duration elapsed = Duration.ofNanos(in.readLong());
      BestEpoch best = new BestEpoch(in.readInt(), in.readDouble());
      long steps = in.readLong();
      Optimizer.State state =
          new Optimizer.State(
              readFloats(file, in),
              readFloats(file, in),
              readFloats(file, in),
              readFloats(file, in),
              steps);
      long sum = checked.getChecksum().getValue();
      if (in.readLong() != sum) {
        throw new IOException(file + " has a wrong checksum");
      }
      return new Checkpoint(fingerprint, epoch, elapsed, best, state);
    } catch (java.io.EOFException e) {
      throw new IOException(file + " is cut short", e);
    }
  }

  private static float[] readFloats(Path file, DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > Files.size(file) / Float.BYTES) {
      throw new IOException(file + " has an array of impossible length " + length);
    }
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
