package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoodModelsTests {
    @Test
    void areListed() {
        CommandRun run = CommandRun.of("models");
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.out().lines())
                .anyMatch(line -> line.startsWith("openai/clip-vit-base-patch16 ")
                        && line.contains(" 150 M ")
                        && line.contains(" 598 MB "))
                .anyMatch(line -> line.startsWith("ViT-L-14:datacomp_xl_s13b_b90k ") && line.contains(" 1.7 GB "));
        CommandRun json = CommandRun.of("models", "--json");
        assertThat(json.out()).contains("\"name\" : \"ViT-B-16:laion2b_s34b_b88k\"", "\"licence\" : \"MIT\"");
    }
}
