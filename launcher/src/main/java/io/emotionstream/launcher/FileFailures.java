// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** What went wrong with a file, in words: the message of some of these is the path and no more. */
final class FileFailures {
  private FileFailures() {}

  /** Returns the path and what is wrong with it, if {@code failure} is one of those. */
  static Optional<String> words(Throwable failure) {
    return failure instanceof FileSystemException e && e.getReason() == null
        ? Optional.of(e.getFile() + ": " + what(e))
        : Optional.empty();
  }

  private static String what(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "this is no folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it is there already";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    return e.getClass().getSimpleName();
  }
}
