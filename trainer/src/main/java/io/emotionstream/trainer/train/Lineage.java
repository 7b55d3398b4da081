// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.trainer.train;

import io.emotionstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Predecessors} of a run, read.
 *
 * @param start the bundle whose weights it begins with, or null
 * @param teachers the bundles whose answers it learns
 */
record Lineage(@Nullable ModelBundle start, List<ModelBundle> teachers) {
  private static final String NO_ANNOTATION = "none";

  Lineage {
    teachers = List.copyOf(teachers);
  }

  /**
   * Reads the bundles.
   *
   * @throws IOException if one cannot be read
   */
  static Lineage read(Predecessors predecessors) throws IOException {
    ModelBundle start =
        predecessors.start().isPresent() ? ModelBundle.load(predecessors.start().get()) : null;
    List<ModelBundle> teachers = new ArrayList<>();
    for (Path file : predecessors.teachers()) {
      teachers.add(ModelBundle.load(file));
    }
    return new Lineage(start, teachers);
  }

  /**
   * Returns what must be the same for a checkpoint to be resumed.
   *
   * @param teacherWeight share of the teachers in the target
   */
  String fingerprint(double teacherWeight) {
    return "start=%s teachers=%s"
        .formatted(startId(), teachers.isEmpty() ? "none" : teacherIds() + "*" + teacherWeight);
  }

  private String startId() {
    return start == null ? "none" : start.modelId();
  }

  private String teacherIds() {
    return teachers.stream().map(ModelBundle::modelId).collect(Collectors.joining("+"));
  }

  /**
   * Says which bundles were trained on some of the faces that this run is validated with, whose
   * scores would then be too good; a sentence each.
   */
  List<String> warnings(TrainingConfig config, String dataFingerprint) {
    if (config.data().validationUsage().isPresent()) {
      return List.of();
    }
    Map<String, String> own =
        Map.of(
            "seed", Long.toString(config.seed()),
            "validationShare", Double.toString(config.data().validationShare()));
    List<String> warnings = new ArrayList<>();
    for (ModelBundle bundle : all()) {
      Map<String, String> provenance = bundle.manifest().provenance();
      boolean sameData = dataFingerprint.equals(provenance.get("dataFingerprint"));
      if (sameData && !provenance.entrySet().containsAll(own.entrySet())) {
        warnings.add(
            "%s held out other faces of the same data (seed %s, validation share %s): validation"
                    .formatted(
                        bundle,
                        provenance.getOrDefault("seed", "unknown"),
                        provenance.getOrDefault("validationShare", "unknown"))
                + " scores will be too good, use its --seed and --validation-share");
      }
    }
    return warnings;
  }

  private List<ModelBundle> all() {
    List<ModelBundle> all = new ArrayList<>(teachers);
    if (start != null) {
      all.add(start);
    }
    return all;
  }

  /**
   * Adds to the provenance of a run what came from its predecessors.
   *
   * @param annotation what the run itself reads beside the labels, or {@code none}
   */
  void describe(Map<String, String> provenance, String annotation) {
    Set<String> annotations = new LinkedHashSet<>(List.of(annotation));
    all().stream()
        .map(bundle -> bundle.manifest().provenance().getOrDefault("extraAnnotation", "unknown"))
        .forEach(annotations::add);
    if (annotations.size() > 1) {
      annotations.remove(NO_ANNOTATION);
    }
    provenance.put("extraAnnotation", String.join(", ", annotations));
    provenance.put("startedFrom", startId());
    if (!teachers.isEmpty()) {
      provenance.put("teachers", teacherIds());
    }
    Set<String> commands = new LinkedHashSet<>();
    all().forEach(bundle -> addCommands(bundle, commands));
    if (!commands.isEmpty()) {
      provenance.put("earlierCommands", String.join("\n", commands));
    }
  }

  /** Adds the commands that made a bundle, the oldest first. */
  private static void addCommands(ModelBundle bundle, Set<String> commands) {
    Map<String, String> provenance = bundle.manifest().provenance();
    provenance.getOrDefault("earlierCommands", "").lines().forEach(commands::add);
    commands.add(
        provenance.getOrDefault("command", "# " + bundle.modelId() + " does not record its own"));
  }
}
