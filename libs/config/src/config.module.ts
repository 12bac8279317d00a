import { Inject, Module, type DynamicModule } from '@nestjs/common';
import type { Config } from './config.js';

const tokenOf = (namespace: string): string => `Config.${namespace}`;

/** The injection token of a part of the configuration, for factories. */
export const configToken = (namespace: keyof Config): string => tokenOf(namespace);

/** Injects one part of the configuration. */
export const InjectConfig = (namespace: keyof Config): ParameterDecorator => Inject(tokenOf(namespace));

/** Provides the parts of the configuration that an app has loaded to the whole app. */
@Module({})
export class ConfigModule {
  static forRoot(config: Partial<Config>): DynamicModule {
    const providers = Object.entries(config).map(([name, value]: [string, unknown]) => ({
      provide: tokenOf(name),
      useValue: value,
    }));
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
