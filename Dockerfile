# The command line in a container: classify, train, export, without Java or Maven on the host.
#
#   ./mvnw -B -DskipTests package -pl clap4j-cli -am
#   docker build -t clap4j .
#   docker run --rm -v "$PWD:/work" clap4j classify --classes dog,cat photo.jpg
#
# The natives in clap4j-cli/target/clap4j are those of the machine that built them: on another than Linux x86-64, add
# -Djavacpp.platform=linux-x86_64 to the first command.
FROM eclipse-temurin:21-jre

COPY clap4j-cli/target/clap4j/clap4j-* /opt/clap4j

# The archive for faster starts is made here, since /opt is not writable later on.
RUN rm -f /opt/clap4j/classes.* && \
    CLAP4J_CACHE=/tmp/cache /opt/clap4j/bin/clap --version && rm -rf /tmp/cache && \
    ln -s /opt/clap4j/bin/clap /usr/local/bin/clap && \
    mkdir -p /work /cache && chmod 1777 /work /cache

ENV CLAP4J_CACHE=/cache
USER 1000
WORKDIR /work
ENTRYPOINT ["clap"]
CMD ["--help"]
