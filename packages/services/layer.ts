import { defineLayer } from '@roundtrip/environment';
import { checkServices } from './src/check-services.ts';
import { configSchema } from './src/config.ts';
import { readServices } from './src/read-services.ts';
import { serviceStack } from './src/service-stack.ts';
import { sizedService } from './src/sized-service.ts';

/** The platform's services: one file each in `services/`, one stack each, all from one template. */
export default defineLayer({
  name: 'services',
  config: configSchema,
  check: checkServices,
  stacks: (context) =>
    readServices(context).services.map(({ service }) =>
      serviceStack(sizedService(service, context.config), context.config),
    ),
});
