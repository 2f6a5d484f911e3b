package dev.clap4j.examples;

import dev.clap4j.Clip;
import dev.clap4j.langchain4j.ClapEmbeddingModel;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.nio.file.Path;
import java.util.List;

/** Compares texts with a picture, through LangChain4j. Argument: a PNG file. */
public final class EmbedWithLangChain4j {
    private EmbedWithLangChain4j() {}

    /** Prints the cosine similarity of each text. */
    public static void main(String[] args) {
        Path file = Path.of(args[0]);
        try (Clip clip = Clip.mini()) {
            ClapEmbeddingModel model = ClapEmbeddingModel.builder().clip(clip).build();
            List<Embedding> embeddings = model.embed(EmbeddingRequest.builder()
                            .inputs(
                                    EmbeddingInput.from(ImageContent.from(file, "image/png")),
                                    EmbeddingInput.from(TextContent.from("a drawing of a dog")),
                                    EmbeddingInput.from(TextContent.from("a drawing of a bicycle")))
                            .build())
                    .embeddings();
            for (Embedding text : embeddings.subList(1, 3)) {
                System.out.printf("%.3f%n", CosineSimilarity.between(embeddings.get(0), text));
            }
        }
    }
}
