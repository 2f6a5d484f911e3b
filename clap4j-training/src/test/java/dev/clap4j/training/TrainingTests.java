package dev.clap4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.TinyClip;
import dev.clap4j.head.Head;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTests {
    @TempDir
    static Path folder;

    private static Clip clip;

    @BeforeAll
    static void load() throws IOException {
        clip = Clip.load(TinyClip.write(folder));
    }

    @AfterAll
    static void close() {
        clip.close();
    }

    private static Training training() {
        return Training.of(clip).classes("dog", "cat").options(options -> options.withSeed(3)
                .withSchedule(new Schedule(40, 20, 5, 0.01)));
    }

    @Test
    void inMemoryAndInADirectoryItGivesTheSameHead() {
        Head inMemory = training().run();
        Path run = folder.resolve("run");
        Head kept = training().in(run).run();

        assertThat(kept.fingerprint()).isEqualTo(inMemory.fingerprint());
        assertThat(inMemory.info().classes()).containsExactly("dog", "cat");
        assertThat(inMemory.toString()).doesNotContain(".safetensors");
        assertThat(Head.load(run.resolve("head.safetensors")).fingerprint()).isEqualTo(kept.fingerprint());
        try (Clip robust = clip.with(inMemory)) {
            assertThat(robust.embedTexts("a dog")).isNotEqualTo(clip.embedTexts("a dog"));
        }
    }

    @Test
    void aStoppedRunIsResumedToTheSameHead() {
        Path run = folder.resolve("stopped");
        AtomicBoolean stop = new AtomicBoolean();
        Progress afterTheFirstCheck = new Progress() {
            @Override
            public void milestone(String text) {
                stop.set(true);
            }
        };
        assertThatThrownBy(() -> training()
                        .in(run)
                        .onProgress(afterTheFirstCheck.stopWhen(stop::get))
                        .run())
                .isInstanceOf(StoppedException.class);
        assertThat(training().in(run).resume().run().fingerprint())
                .isEqualTo(training().run().fingerprint());
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(() -> Training.of(clip).run())
                .isInstanceOf(ClapException.class)
                .hasMessage("There should be at least one class to train on");
        assertThatThrownBy(() -> training().resume().run())
                .isInstanceOf(ClapException.class)
                .hasMessage("To resume or overwrite a run, name its directory");
        Path run = folder.resolve("twice");
        training().in(run).run();
        assertThatThrownBy(() -> training().in(run).run()).isInstanceOf(ClapException.class);
        training().in(run).overwrite().run();
        assertThat(run.resolve("head.safetensors")).exists();
    }

    @Test
    void nullsAreRefusedByName() {
        assertThatThrownBy(() -> training().classes("dog", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("class name");
        assertThatThrownBy(() -> training().options(options -> null).run())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the changed options");
        assertThatThrownBy(() -> training().in(null)).hasMessage("runDirectory");
    }
}
