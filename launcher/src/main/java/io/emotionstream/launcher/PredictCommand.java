// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.emotionstream.model.EmotionClassifier;
import io.emotionstream.model.Emotions;
import io.emotionstream.model.FaceDecoder;
import io.emotionstream.model.FaceNormalizer;
import io.emotionstream.model.InvalidFaceException;
import io.emotionstream.schemas.Emotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints one JSON line for each face crop; a file that is none costs only its own line. */
@Command(
    name = "predict",
    description = "Classify PNG or JPEG face crops: one JSON line each on standard output.")
final class PredictCommand implements Callable<Integer> {
  /** Pictures from disk are no network input: only what the heap holds bounds their size. */
  private static final int MAX_SIDE = 8192;

  private static final int BATCH = 32;
  private static final JsonMapper JSON = new JsonMapper();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Face crops, already cut out.")
  private List<Path> files = List.of();

  @Mixin private ModelOption model = new ModelOption();

  private final FaceDecoder decoder = new FaceDecoder(MAX_SIDE);
  private final List<Path> names = new ArrayList<>();
  private final List<float[]> faces = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    boolean allRead = true;
    try (EmotionClassifier classifier = model.load().newClassifier()) {
      for (Path file : files) {
        allRead &= read(file);
        if (faces.size() == BATCH) {
          print(classifier);
        }
      }
      print(classifier);
    }
    return allRead ? 0 : 1;
  }

  private boolean read(Path file) {
    try {
      faces.add(FaceNormalizer.normalize(decoder.decodeFile(Files.readAllBytes(file))));
      names.add(file);
      return true;
    } catch (IOException e) {
      String problem = Main.text(e);
      String name = problem.startsWith(file.toString()) ? "" : file + ": ";
      System.err.println("emotion: " + name + problem);
    } catch (InvalidFaceException e) {
      System.err.println("emotion: " + file + ": " + e.getMessage());
    }
    return false;
  }

  private void print(EmotionClassifier classifier) throws IOException {
    if (faces.isEmpty()) {
      return;
    }
    float[][] answers = classifier.classify(faces.toArray(float[][]::new));
    for (int i = 0; i < answers.length; i++) {
      System.out.println(JSON.writeValueAsString(line(names.get(i), answers[i], classifier)));
    }
    faces.clear();
    names.clear();
  }

  private static Map<String, Object> line(
      Path file, float[] probabilities, EmotionClassifier classifier) {
    Emotion emotion = Emotions.top1(probabilities);
    Map<String, Float> byName = new LinkedHashMap<>();
    for (Emotion candidate : Emotions.ALL) {
      byName.put(Emotions.nameOf(candidate), probabilities[candidate.ordinal()]);
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("file", file.toString());
    line.put("emotion", Emotions.nameOf(emotion));
    line.put("confidence", probabilities[emotion.ordinal()]);
    line.put("probabilities", byName);
    line.put("modelId", classifier.modelId());
    return line;
  }
}
