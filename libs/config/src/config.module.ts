import { Inject, Module, type DynamicModule } from '@nestjs/common';
import type { Config } from './config.js';

const tokenOf = (namespace: string): string => `Config.${namespace}`;

/** The token of a namespace, for factories. */
export const configToken = (namespace: keyof Config): string => tokenOf(namespace);

/** Injects one namespace of the configuration. */
export const InjectConfig = (namespace: keyof Config): ParameterDecorator => Inject(tokenOf(namespace));

/** Provides every namespace of the configuration to the whole application. */
@Module({})
export class ConfigModule {
  static forRoot(config: Config): DynamicModule {
    const providers = Object.entries(config).map(([name, value]: [string, unknown]) => ({
      provide: tokenOf(name),
      useValue: value,
    }));
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
