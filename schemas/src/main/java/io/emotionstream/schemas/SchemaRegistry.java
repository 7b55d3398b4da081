// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.schemas;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.NullMarked;

/** Numbers that stand for schemas, the same for all who ask one registry. */
@NullMarked
interface SchemaRegistry {
  /**
   * Returns the number of {@code schema}, which it gets if it has none.
   *
   * @throws RegistryException if the registry does not answer or refuses
   */
  int idOf(Schema schema);

  /**
   * Returns the schema that has the number.
   *
   * @throws SerializationException if none has
   * @throws RegistryException if the registry does not answer
   */
  Schema schemaOf(int id);
}
