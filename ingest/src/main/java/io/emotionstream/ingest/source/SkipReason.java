// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.ingest.source;

/** Why a row or a file of a source was left out. */
public enum SkipReason {
  /** A row has more or fewer columns than the header. */
  WRONG_COLUMN_COUNT,
  /** A row's emotion is not a number from 0 to 6. */
  BAD_EMOTION,
  /** A row's pixels are not 2,304 numbers from 0 to 255. */
  BAD_PIXELS,
  /** A row's Usage is not Training, PublicTest or PrivateTest. */
  BAD_USAGE,
  /** A file is neither PNG nor JPEG. */
  NOT_AN_IMAGE,
  /** A file cannot be opened, or its header is damaged. */
  UNREADABLE_FILE,
  /** A file is larger than a record may be. */
  TOO_LARGE
}
