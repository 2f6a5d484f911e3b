package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.internal.server.model.ServedModel;
import dev.clap4j.prompt.ClassPrompts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code GET /v1/models}: the model, with a head and without. */
public final class Models {
    private final ServedModel model;
    private final List<String> classes;
    private final long created = Instant.now().getEpochSecond();

    /** Creates the handler. */
    public Models(ServedModel model, Optional<ClassPrompts> usual) {
        this.model = model;
        this.classes = usual.map(ClassPrompts::classes).orElse(List.of());
    }

    private record Answer(String object, List<Model> data) {}

    private record Model(
            String id,
            String object,
            long created,
            String owned_by,
            int dimensions,
            int image_size,
            int context_length,
            boolean clap,
            @JsonInclude(JsonInclude.Include.NON_NULL) Float alpha,
            List<String> classes) {}

    private List<Model> all() {
        List<String> ids = model.ids();
        return ids.stream()
                .map(id -> new Model(
                        id,
                        "model",
                        created,
                        "clap4j",
                        model.dimension(),
                        model.imageSize(),
                        model.contextLength(),
                        hasHead(id, ids),
                        hasHead(id, ids) ? model.alpha().orElse(null) : null,
                        classes))
                .toList();
    }

    private static boolean hasHead(String id, List<String> ids) {
        return ids.size() > 1 && id.equals(ids.get(0));
    }

    /** Answers a request for all models. */
    public Reply list(Exchange exchange) {
        return Reply.json(new Answer("list", all()));
    }

    /** Answers a request for one model. */
    public Reply one(String id) {
        return all().stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .map(Reply::json)
                .orElseThrow(() -> ApiException.noModel(String.join(" and ", model.ids())));
    }
}
