package dev.clap4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.TinyClip;
import dev.clap4j.ToldProgress;
import dev.clap4j.head.Head;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImAugTrainingTests {
    @TempDir
    static Path folder;

    private static Clip clip;
    private static PromptedImages images;

    @BeforeAll
    static void load() throws IOException {
        clip = Clip.load(TinyClip.write(folder));
        Path pictures = folder.resolve("pictures");
        for (String prompt : new String[] {"dog/a_red_dog", "dog/a_blue_dog", "cat/a_red_cat", "cat/a_blue_cat"}) {
            TinyClip.images(pictures.resolve(prompt), 2);
        }
        images = PromptedImages.read(pictures, warning -> {});
    }

    @AfterAll
    static void close() {
        clip.close();
    }

    private static ImAugTraining training() {
        return ImAugTraining.of(clip, images)
                .options(options -> options.withBatchSize(4).withSchedule(new Schedule(20, 10, 5, 0)));
    }

    @Test
    void inMemoryAndInADirectoryItGivesTheSameHead() {
        Path run = folder.resolve("run");
        ToldProgress told = ToldProgress.patient();
        Head kept = training().in(run).onProgress(told).run();

        assertThat(training().run().fingerprint()).isEqualTo(kept.fingerprint());
        assertThat(kept.info().classes()).containsExactly("cat", "dog");
        assertThat(told.parts()).containsExactly("reading images", "training");
        assertThat(told.done()).isEqualTo(20);
        assertThatThrownBy(() -> training().in(run).run()).isInstanceOf(ClapException.class);
        assertThat(training().in(run).overwrite().run().fingerprint()).isEqualTo(kept.fingerprint());
        try (Clip robust = clip.with(kept)) {
            assertThat(robust.embedTexts("a dog")).isNotEqualTo(clip.embedTexts("a dog"));
        }
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(() -> training().resume().run())
                .isInstanceOf(ClapException.class)
                .hasMessage("To resume or overwrite a run, name its directory");
        assertThatThrownBy(() -> training().in(null)).hasMessage("runDirectory");
        assertThatThrownBy(() -> ImAugTraining.of(clip, null)).hasMessage("images");
    }
}
