// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * That what the tests of this module ask for takes nothing from the class path of {@code
 * ./emotion}: Maven lets a module's own scope win over the one that a library has further away.
 */
class DependencyScopesTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void leavesAtRunTimeWhatAModuleNeedsThere() throws Exception {
    Set<String> needed = new TreeSet<>();
    addNeeds("launcher", needed, new HashSet<>());

    Set<String> onlyForTests = new TreeSet<>();
    for (Dependency dependency : dependencies("launcher")) {
      if (dependency.scope().equals("test")) {
        onlyForTests.add(dependency.artifact());
      }
    }

    assertThat(needed).contains("kafka-clients");
    assertThat(onlyForTests).contains("junit-jupiter").doesNotContainAnyElementsOf(needed);
  }

  private record Dependency(String artifact, String scope) {}

  private static void addNeeds(String module, Set<String> needed, Set<String> seen)
      throws Exception {
    if (!seen.add(module)) {
      return;
    }
    for (Dependency dependency : dependencies(module)) {
      if (dependency.scope().equals("test")) {
        continue;
      }
      needed.add(dependency.artifact());
      if (Files.exists(pom(dependency.artifact()))) {
        addNeeds(dependency.artifact(), needed, seen);
      }
    }
  }

  private static Set<Dependency> dependencies(String module) throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom(module).toFile())
            .getDocumentElement();
    Set<Dependency> dependencies = new HashSet<>();
    NodeList found = project.getElementsByTagName("dependency");
    for (int i = 0; i < found.getLength(); i++) {
      Element dependency = (Element) found.item(i);
      NodeList scope = dependency.getElementsByTagName("scope");
      dependencies.add(
          new Dependency(
              dependency.getElementsByTagName("artifactId").item(0).getTextContent(),
              scope.getLength() == 0 ? "compile" : scope.item(0).getTextContent()));
    }
    return dependencies;
  }

  private static Path pom(String module) {
    return ROOT.resolve(module).resolve("pom.xml");
  }
}
