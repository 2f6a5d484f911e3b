package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.BadCheckpoints.BadFile;
import dev.clap4j.internal.io.TorchArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Bad checkpoints are refused with these messages; good ones beside them are not. */
class BadCheckpointsTests {
    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> eachIsRefusedInItsOwnWords() {
        List<BadFile> files = BadCheckpoints.all(temporary);
        assertThat(files).extracting(BadFile::name).doesNotHaveDuplicates().hasSizeGreaterThan(140);
        return files.stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> assertThatThrownBy(
                                () -> Checkpoint.open(bad.path()).verify())
                        .isInstanceOf(ClapException.class)
                        .hasMessage(bad.message())));
    }

    @Test
    void theCheckpointTheyAreMadeFromIsSound() throws Exception {
        Path safetensors =
                BadCheckpoints.changed(tensor -> tensor).make(Files.createDirectories(temporary.resolve("a")));
        Path archive = TorchArchive.of(SmallCheckpoint.tensors()).write(temporary.resolve("b/model.pt"));
        Path huggingFace = Files.createDirectories(temporary.resolve("c"));
        BadCheckpoints.write(huggingFace.resolve("model.safetensors"), SmallCheckpoint.huggingFaceTensors());
        Files.writeString(huggingFace.resolve("config.json"), SmallCheckpoint.HUGGING_FACE_CONFIG);
        Path openClip = Files.createDirectories(temporary.resolve("d"));
        BadCheckpoints.write(openClip.resolve("open_clip_model.safetensors"), SmallCheckpoint.tensors());
        Files.writeString(openClip.resolve("open_clip_config.json"), SmallCheckpoint.OPEN_CLIP_CONFIG);
        for (Path path : List.of(safetensors, archive, huggingFace, openClip)) {
            Checkpoint checkpoint = Checkpoint.open(path);
            checkpoint.verify();
            assertThat(checkpoint.architecture().vision()).isEqualTo(SmallCheckpoint.ARCHITECTURE.vision());
            assertThat(checkpoint.architecture().text().width()).isEqualTo(64);
        }
    }
}
