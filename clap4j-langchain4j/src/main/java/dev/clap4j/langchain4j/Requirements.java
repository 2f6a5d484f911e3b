package dev.clap4j.langchain4j;

import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Refuses requests that a model could only answer by ignoring a part of them. */
final class Requirements {
    private Requirements() {}

    /**
     * Checks the parameters and kinds of content of a request.
     *
     * @throws UnsupportedFeatureException if one is not supported
     * @throws ModelNotFoundException if the request names another model
     */
    static void check(EmbeddingRequest request, EmbeddingModel model) {
        Set<String> parameters = request.parameters().presentParameters().stream()
                .filter(parameter -> !model.supportedParameters().contains(parameter))
                .map(EmbeddingParameter::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!parameters.isEmpty()) {
            throw new UnsupportedFeatureException("The model " + model.modelName() + " has no parameter "
                    + String.join(", ", parameters) + ": it encodes all texts alike. Leave it out");
        }
        Set<ContentType> types = request.inputs().stream()
                .flatMap(input -> input.contentTypes().stream())
                .filter(type -> !model.supportedContentTypes().contains(type))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!types.isEmpty()) {
            throw new UnsupportedFeatureException(
                    "The model " + model.modelName() + " embeds TEXT and IMAGE, not " + types);
        }
        if (request.modelName() != null && !request.modelName().equals(model.modelName())) {
            throw new ModelNotFoundException(
                    "There is no model " + request.modelName() + " here, but " + model.modelName());
        }
        if (request.dimensions() != null && request.dimensions() != model.dimension()) {
            throw new UnsupportedFeatureException("The embeddings of " + model.modelName() + " have "
                    + model.dimension() + " dimensions and cannot have " + request.dimensions());
        }
    }
}
