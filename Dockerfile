# One image for every stage: the command after the image name says which.

FROM eclipse-temurin:17-jdk AS build
WORKDIR /src
COPY . .
# The class path that Maven wrote parts the libraries from our own jars, which lie below /src.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q -Pfast -Dmaven.test.skip -pl launcher -am package && \
    mkdir -p /image/lib /image/stages && \
    cp launcher/target/launcher-*.jar /image/stages/ && \
    tr ':' '\n' <launcher/target/dependencies.txt | while read -r jar; do \
      case "$jar" in \
        /src/*) cp "$jar" /image/stages/ ;; \
        *) cp "$jar" /image/lib/ ;; \
      esac; \
    done

FROM eclipse-temurin:17-jre
RUN apt-get update && apt-get install -y --no-install-recommends curl libgomp1 && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --system --create-home --uid 10001 emotion && \
    mkdir /var/lib/emotion && chown emotion:emotion /var/lib/emotion
# The libraries change seldom, our own jars with every build: a layer each.
COPY --from=build /image/lib /opt/emotion/lib
COPY --from=build /image/stages /opt/emotion/stages
USER 10001
WORKDIR /home/emotion
ENV OMP_NUM_THREADS=1
# The root may be read-only: /tmp and /var/lib/emotion are all that is written to, and code runs from both.
VOLUME /var/lib/emotion
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", \
  "-Djava.awt.headless=true", "-Dorg.bytedeco.javacpp.cachedir=/var/lib/emotion/native", \
  "-cp", "/opt/emotion/stages/*:/opt/emotion/lib/*", \
  "io.emotionstream.launcher.Main"]
CMD ["--help"]
