package dev.clap4j.langchain4j;

import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelErrorContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelRequestContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of a request and its result. As everywhere in LangChain4j, a listener that fails is logged. */
final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private final EmbeddingModel model;
    private final EmbeddingRequest request;
    private final List<TextSegment> texts;
    private final Map<Object, Object> attributes = new ConcurrentHashMap<>();

    /** Creates the notifications of one request; its text segments are the texts, pictures have none. */
    Notifications(EmbeddingModel model, EmbeddingRequest request) {
        this.model = model;
        this.request = request;
        this.texts = request.inputs().stream()
                .filter(input -> input.contentTypes().contains(ContentType.TEXT))
                .map(EmbeddingInput::text)
                .filter(text -> !text.isBlank())
                .map(TextSegment::from)
                .toList();
    }

    /** Makes a call, and tells listeners before and after it. */
    EmbeddingResponse around(List<EmbeddingModelListener> listeners, Supplier<EmbeddingResponse> call) {
        EmbeddingModelRequestContext before = request();
        tell(listeners, listener -> listener.onRequest(before));
        try {
            EmbeddingResponse response = call.get();
            EmbeddingModelResponseContext after = response(response);
            tell(listeners, listener -> listener.onResponse(after));
            return response;
        } catch (RuntimeException e) {
            EmbeddingModelErrorContext after = error(e);
            tell(listeners, listener -> listener.onError(after));
            throw e;
        }
    }

    private static void tell(List<EmbeddingModelListener> listeners, Consumer<EmbeddingModelListener> event) {
        for (EmbeddingModelListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("A listener of embeddings failed; the request goes on", e);
            }
        }
    }

    private EmbeddingModelRequestContext request() {
        return EmbeddingModelRequestContext.builder()
                .textSegments(texts)
                .embeddingRequest(request)
                .embeddingModel(model)
                .attributes(attributes)
                .build();
    }

    private EmbeddingModelResponseContext response(EmbeddingResponse response) {
        return EmbeddingModelResponseContext.builder()
                .textSegments(texts)
                .embeddingRequest(request)
                .embeddingResponse(response)
                .response(Response.from(response.embeddings(), response.tokenUsage()))
                .embeddingModel(model)
                .attributes(attributes)
                .build();
    }

    private EmbeddingModelErrorContext error(RuntimeException error) {
        return EmbeddingModelErrorContext.builder()
                .error(error)
                .textSegments(texts)
                .embeddingRequest(request)
                .embeddingModel(model)
                .attributes(attributes)
                .build();
    }
}
