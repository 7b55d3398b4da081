// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.data;

import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.schemas.Emotion;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code fer2013.csv}, plain or gzipped (told by content, not by name).
 *
 * <p>The header names the columns, in any order and case: {@code emotion} (0 to 6), {@code pixels}
 * (2,304 numbers from 0 to 255, separated by spaces) and, optionally, {@code Usage}; without it
 * every row is training data. Other columns are ignored. A malformed row is left out and reported;
 * a malformed header is an error. A file of 35,887 rows takes some 300 MB to read and 83 MB to
 * keep.
 */
public final class Fer2013Csv {
  private static final List<Usage> USAGES = List.of(Usage.values());
  private static final String EMOTION = "emotion";
  private static final String PIXELS = "pixels";
  private static final String USAGE = "usage";

  private final int emotionColumn;
  private final int pixelsColumn;
  private final int usageColumn;
  private final int columns;
  private final Map<Usage, List<LabeledFace>> splits = new EnumMap<>(Usage.class);
  private final List<RejectedRow> rejected = new ArrayList<>();
  private final MessageDigest digest = sha256();

  private Fer2013Csv(Path file, String header) throws IOException {
    String[] names = header.split(",", -1);
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      positions.putIfAbsent(unquote(names[i]).toLowerCase(Locale.ROOT), i);
    }
    columns = names.length;
    emotionColumn = require(file, positions, EMOTION, header);
    pixelsColumn = require(file, positions, PIXELS, header);
    usageColumn = positions.getOrDefault(USAGE, -1);
  }

  /**
   * Reads the whole of {@code file}.
   *
   * @throws IOException if it cannot be read or its header lacks a column
   */
  public static Fer2013 read(Path file) throws IOException {
    try (BufferedReader reader = open(file)) {
      String header = reader.readLine();
      if (header == null) {
        throw new IOException(file + " is empty, expected a header with emotion and pixels");
      }
      Fer2013Csv csv = new Fer2013Csv(file, withoutByteOrderMark(header));
      long line = 1;
      int row = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isBlank()) {
          csv.add(line, row, text);
          row++;
        }
      }
      return csv.toFer2013();
    }
  }

  private void add(long line, int row, String text) {
    String[] values = text.split(",", -1);
    if (values.length != columns) {
      reject(line, text, "has " + values.length + " columns, expected " + columns);
      return;
    }
    Usage usage = Usage.TRAINING;
    if (usageColumn >= 0) {
      String label = unquote(values[usageColumn]);
      Usage known = Usage.ofLabel(label).orElse(null);
      if (known == null) {
        reject(line, label, "Usage is not Training, PublicTest or PrivateTest");
        return;
      }
      usage = known;
    }
    Emotion emotion = emotion(line, unquote(values[emotionColumn]));
    byte[] pixels = emotion == null ? null : pixels(line, unquote(values[pixelsColumn]));
    if (emotion != null && pixels != null) {
      LabeledFace face = new LabeledFace(row, emotion, pixels);
      splits.computeIfAbsent(usage, key -> new ArrayList<>()).add(face);
      digest.update((byte) USAGES.indexOf(usage));
      digest.update((byte) face.label());
      digest.update(pixels);
    }
  }

  private @Nullable Emotion emotion(long line, String value) {
    if (value.length() == 1 && value.charAt(0) >= '0' && value.charAt(0) - '0' < Emotions.COUNT) {
      return Emotions.ofLabel(value.charAt(0) - '0');
    }
    reject(line, value, "emotion is not a number from 0 to " + (Emotions.COUNT - 1));
    return null;
  }

  private byte @Nullable [] pixels(long line, String value) {
    byte[] pixels = new byte[FaceNormalizer.PIXELS];
    int count = 0;
    int end = value.length();
    int at = 0;
    while (at < end) {
      if (value.charAt(at) == ' ') {
        at++;
        continue;
      }
      int start = at;
      int gray = 0;
      while (at < end && value.charAt(at) != ' ') {
        char digit = value.charAt(at++);
        gray = digit >= '0' && digit <= '9' && gray <= 255 ? gray * 10 + digit - '0' : 1000;
      }
      if (gray > 255) {
        String token = value.substring(start, at);
        reject(line, token, "pixel " + count + " is not a number from 0 to 255");
        return null;
      }
      if (count < pixels.length) {
        pixels[count] = (byte) gray;
      }
      count++;
    }
    if (count != pixels.length) {
      reject(line, value, "has " + count + " pixels, expected " + pixels.length);
      return null;
    }
    return pixels;
  }

  private void reject(long line, String value, String reason) {
    rejected.add(new RejectedRow(line, value, reason));
  }

  private Fer2013 toFer2013() {
    Map<Usage, FaceSet> sets = new EnumMap<>(Usage.class);
    splits.forEach((usage, faces) -> sets.put(usage, FaceSet.of(faces)));
    return new Fer2013(sets, rejected, HexFormat.of().formatHex(digest.digest()));
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      InputStream text = gzip ? new GZIPInputStream(in, 1 << 16) : in;
      return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), 1 << 16);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static int require(Path file, Map<String, Integer> positions, String name, String header)
      throws IOException {
    Integer position = positions.get(name);
    if (position == null) {
      throw new IOException(
          "%s has no column \"%s\", its header is \"%s\"".formatted(file, name, header));
    }
    return position;
  }

  private static String withoutByteOrderMark(String header) {
    return header.startsWith("\uFEFF") ? header.substring(1) : header;
  }

  private static String unquote(String value) {
    String bare = value.strip();
    boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
    return quoted ? bare.substring(1, bare.length() - 1).strip() : bare;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
