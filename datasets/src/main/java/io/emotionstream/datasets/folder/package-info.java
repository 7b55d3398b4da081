// SPDX-License-Identifier: Apache-2.0
/** Folders of face files, in the same order everywhere, and the labels that folder names give. */
@NullMarked
package io.emotionstream.datasets.folder;

import org.jspecify.annotations.NullMarked;
