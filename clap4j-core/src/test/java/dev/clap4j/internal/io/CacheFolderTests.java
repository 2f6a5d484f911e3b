package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTests {
    private static final Path HOME = Path.of("home");

    @Test
    void isWhereTheEnvironmentSays() {
        assertThat(CacheFolder.of(Map.of(), HOME)).isEqualTo(Path.of("home/.cache/clap4j"));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "x"), HOME)).isEqualTo(Path.of("x/clap4j"));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "x", "CLAP4J_CACHE", "own"), HOME))
                .isEqualTo(Path.of("own"));
    }

    @Test
    void emptyVariablesAreAsGoodAsNone() {
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "", "CLAP4J_CACHE", " "), HOME))
                .isEqualTo(Path.of("home/.cache/clap4j"));
    }

    /** Tests keep out of the cache of whoever runs them. */
    @Test
    void ofThisProcessIsNotTheUsersOwn() {
        assertThat(CacheFolder.ofUser()).isEqualTo(Path.of(System.getenv("CLAP4J_CACHE")));
    }
}
