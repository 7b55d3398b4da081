// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.testkit;

import io.emotionstream.embedded.BrokerSecurity;
import io.emotionstream.embedded.EmbeddedBroker;
import io.emotionstream.schemas.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A broker that takes TLS only, wants to know who comes, and lets nobody do anything but what was
 * granted: for tests of the stages' security settings. Safe for use by several threads.
 */
public final class SecureBroker implements AutoCloseable {
  private static final String ADMIN = "admin";
  private static final int SCRAM_ITERATIONS = 4096;
  private static final String KEEPER = "org.apache.kafka.metadata.authorizer.StandardAuthorizer";

  private final SecurityProtocol protocol;
  private final Path trustStore;
  private final EmbeddedBroker broker;
  private final Map<String, TestCertificate> certificates;

  private SecureBroker(
      SecurityProtocol protocol,
      Path trustStore,
      EmbeddedBroker broker,
      Map<String, TestCertificate> certificates) {
    this.protocol = protocol;
    this.trustStore = trustStore;
    this.broker = broker;
    this.certificates = certificates;
  }

  /** Starts a broker that knows its users by name and password: SCRAM-SHA-512 over TLS. */
  public static SecureBroker withPasswords(Path directory) throws IOException {
    TestCertificate server = TestCertificate.create("broker", directory);
    Path trust = TestCertificate.trustStore(directory.resolve("trust.p12"), server);
    Map<String, String> settings = common(server, trust);
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    settings.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", login(ADMIN));
    settings.put("super.users", "User:ANONYMOUS;User:" + ADMIN); // the former: its own controller
    BrokerSecurity security =
        new BrokerSecurity(SecurityProtocol.SASL_SSL, settings, Map.of(ADMIN, password(ADMIN)));
    return new SecureBroker(SecurityProtocol.SASL_SSL, trust, start(directory, security), Map.of());
  }

  /** Starts a broker that knows its users, who are named here, by their certificates. */
  public static SecureBroker withCertificates(Path directory, String... users) throws IOException {
    Map<String, TestCertificate> certificates = new TreeMap<>();
    certificates.put(ADMIN, TestCertificate.create(ADMIN, directory));
    for (String user : users) {
      certificates.put(user, TestCertificate.create(user, directory));
    }
    Path trust =
        TestCertificate.trustStore(
            directory.resolve("trust.p12"), certificates.values().toArray(new TestCertificate[0]));
    Map<String, String> settings = common(certificates.get(ADMIN), trust);
    settings.put("ssl.client.auth", "required");
    settings.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+)$/$1/");
    settings.put("super.users", "User:ANONYMOUS;User:" + ADMIN);
    BrokerSecurity security = new BrokerSecurity(SecurityProtocol.SSL, settings, Map.of());
    return new SecureBroker(SecurityProtocol.SSL, trust, start(directory, security), certificates);
  }

  /** Returns its address. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Returns the store that trusts the broker; {@link TestCertificate#PASSWORD} opens it. */
  public Path trustStore() {
    return trustStore;
  }

  /** Returns the password of a user. */
  public static String password(String user) {
    return "password-of-" + user;
  }

  /** Returns what a client needs to come in as {@code user}, secrets in plain text. */
  public Map<String, Object> settingsOf(String user) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers());
    settings.put("security.protocol", protocol.name);
    settings.put("ssl.truststore.location", trustStore.toString());
    settings.put("ssl.truststore.password", TestCertificate.PASSWORD);
    TestCertificate certificate = certificates.get(user);
    if (certificate != null) {
      settings.put("ssl.keystore.location", certificate.keyStore().toString());
      settings.put("ssl.keystore.password", TestCertificate.PASSWORD);
    } else {
      settings.put("sasl.mechanism", "SCRAM-SHA-512");
      settings.put("sasl.jaas.config", login(user));
    }
    return settings;
  }

  /** Makes a user with a password. */
  public void addUser(String user) {
    try (Admin admin = newAdmin()) {
      ScramCredentialInfo scram =
          new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS);
      Answers.get(
          admin
              .alterUserScramCredentials(
                  List.of(new UserScramCredentialUpsertion(user, scram, password(user))))
              .all());
    }
  }

  /** Lets {@code user} do what {@code rights} say, besides what was granted before. */
  public void grant(String user, List<Right> rights) {
    try (Admin admin = newAdmin()) {
      Answers.get(
          admin
              .createAcls(
                  rights.stream()
                      .flatMap(right -> right.bindings("User:" + user).stream())
                      .toList())
              .all());
    }
  }

  /** Returns a client that may do everything; the caller closes it. */
  public Admin newAdmin() {
    return Admin.create(settingsOf(ADMIN));
  }

  @Override
  public void close() throws IOException {
    broker.close();
  }

  private static EmbeddedBroker start(Path directory, BrokerSecurity security) throws IOException {
    Path data = Files.createDirectories(directory.resolve("broker"));
    return EmbeddedBroker.start(data, 0, security);
  }

  private static Map<String, String> common(TestCertificate server, Path trustStore) {
    Map<String, String> settings = new HashMap<>();
    settings.put("authorizer.class.name", KEEPER);
    settings.put("ssl.keystore.location", server.keyStore().toString());
    settings.put("ssl.keystore.password", TestCertificate.PASSWORD);
    settings.put("ssl.truststore.location", trustStore.toString());
    settings.put("ssl.truststore.password", TestCertificate.PASSWORD);
    return settings;
  }

  private static String login(String user) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password(user));
  }
}
