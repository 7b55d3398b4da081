// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.datasets.ferplus;

import io.emotionstream.schemas.Emotion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person could vote for, in the order of the files' columns. */
public enum Vote {
  NEUTRAL("neutral", Emotion.NEUTRAL),
  HAPPINESS("happiness", Emotion.HAPPY),
  SURPRISE("surprise", Emotion.SURPRISE),
  SADNESS("sadness", Emotion.SAD),
  ANGER("anger", Emotion.ANGRY),
  DISGUST("disgust", Emotion.DISGUST),
  FEAR("fear", Emotion.FEAR),
  /** An eighth expression, which FER-2013 does not have. */
  CONTEMPT("contempt", null),
  UNKNOWN("unknown", null),
  /** Not a face. */
  NOT_A_FACE("NF", null);

  private final String column;
  private final @Nullable Emotion emotion;

  Vote(String column, @Nullable Emotion emotion) {
    this.column = column;
    this.emotion = emotion;
  }

  /** Returns the name of its column. */
  public String column() {
    return column;
  }

  /** Returns the class of FER-2013 that it means, if it means one. */
  public Optional<Emotion> emotion() {
    return Optional.ofNullable(emotion);
  }
}
