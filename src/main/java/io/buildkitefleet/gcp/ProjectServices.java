package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.projects.Service;
import com.pulumi.gcp.projects.ServiceArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Api;
import java.util.EnumMap;
import java.util.Map;

/**
 * Turns on the Google APIs that the fleet needs. They stay on when the fleet goes: others in the project may have come
 * to use them.
 */
public final class ProjectServices extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:ProjectServices";

    private final Map<Api, Service> services = new EnumMap<>(Api.class);

    public ProjectServices(String name, String project, ComponentResourceOptions options) {
        super(TYPE, name, options);
        for (var api : Api.values()) {
            services.put(api, service(name, project, api));
        }
        registerOutputs(Map.of());
    }

    /**
     * The project's id, known only once the API is on: what is given it as its project is created after that, without
     * an explicit dependency.
     */
    public Output<String> projectWith(Api api) {
        return services.get(api).project();
    }

    /** The same, which is not known in a preview either until the API is on: for what a provider is asked. */
    public Output<String> projectToAsk(Api api) {
        var service = services.get(api);
        return Output.tuple(service.id(), service.project()).applyValue(known -> known.t2);
    }

    private Service service(String name, String project, Api api) {
        return new Service(
                name + "-" + api.id(),
                ServiceArgs.builder()
                        .project(project)
                        .service(api.service())
                        .disableOnDestroy(false)
                        .build(),
                child().build());
    }
}
