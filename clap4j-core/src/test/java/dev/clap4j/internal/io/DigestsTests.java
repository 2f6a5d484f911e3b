package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestsTests {
    /** The first half of SHA-256 as FIPS 180-2, appendix B.1, has it for "abc". */
    @Test
    void digestsBeginAsTheStandardSays() {
        assertThat(Digests.of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
    }
}
