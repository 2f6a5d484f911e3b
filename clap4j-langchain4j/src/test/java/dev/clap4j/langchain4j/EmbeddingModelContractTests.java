package dev.clap4j.langchain4j;

import dev.clap4j.Clip;
import dev.clap4j.TinyClip;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.common.AbstractEmbeddingModelIT;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * LangChain4j's own tests of embedding models, with and without a head. Two do not apply: CLIP has no embedding for a text
 * and a picture together, and encodes queries and documents alike.
 */
class EmbeddingModelContractTests extends AbstractEmbeddingModelIT {
    private Clip clip;
    private Clip headed;
    private ClapEmbeddingModel plain;
    private ClapEmbeddingModel withHead;
    private ClapEmbeddingModel closed;

    @BeforeAll
    void load(@TempDir Path folder) throws IOException {
        Path model = TinyClip.write(folder);
        // JUnit closes what it hands to a test; these models belong to a Clip, which stays open.
        clip = Clip.load(model);
        headed = clip.with(TinyClip.head(1));
        plain = ClapEmbeddingModel.builder().clip(clip).build();
        withHead = ClapEmbeddingModel.builder().clip(headed).build();
        closed = ClapEmbeddingModel.builder().model(model).build();
        closed.close();
    }

    @AfterAll
    void close() {
        headed.close();
        clip.close();
    }

    @Override
    protected List<EmbeddingModel> models() {
        return List.of(plain, withHead, plain.addListener(new EmbeddingModelListener() {}));
    }

    @Override
    protected EmbeddingModel modelWith(EmbeddingModelListener listener) {
        return plain.addListener(listener);
    }

    @Override
    protected EmbeddingModel failingModelWith(EmbeddingModelListener listener) {
        return closed.addListener(listener);
    }

    @Override
    protected boolean supportsInputTypeParameter() {
        return false;
    }

    @Override
    protected boolean supportsInterleavedInput() {
        return false;
    }

    @Override
    protected int dimensionsParameter() {
        return TinyClip.DIMENSION;
    }

    /** Returns a photograph that comes with the tests; the one on the internet stays there. */
    @Override
    protected ImageContent catImage() {
        try (InputStream cat =
                Objects.requireNonNull(AbstractEmbeddingModelIT.class.getResourceAsStream("/images/cat.jpg"))) {
            return ImageContent.from(Base64.getEncoder().encodeToString(cat.readAllBytes()), "image/jpeg");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
