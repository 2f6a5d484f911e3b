package dev.clap4j.fuzz.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTests {
    @Test
    void comesBackFromAFolder(@TempDir Path folder) {
        Input input = Input.of("model/config.json", new byte[] {'{', '}'}).with("a", new byte[0]);
        input.writeTo(folder);
        assertThat(Input.readFrom(folder)).isEqualTo(input).isNotEqualTo(input.with("a", new byte[1]));
        assertThat(input.names()).containsExactly("a", "model/config.json");
        assertThat(input.without("a").size()).isEqualTo(2);
    }
}
