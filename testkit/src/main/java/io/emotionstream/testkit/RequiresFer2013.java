// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Skips a test, and says so loudly, where {@link TestData#fer2013Csv()} is missing. */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Fer2013Condition.class)
public @interface RequiresFer2013 {}
