import { Controller, Get, Next, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Public } from '#auth';
import { DocsLimit } from '../admission/docs-limit.js';
import { shopFile } from './shop-files.js';

const PAGE = 'index.html';

/** Serves the page of `apps/shop` and its files. They are public, and count for the client's address as those of /docs do. */
@ApiExcludeController()
@Public()
@SkipThrottle()
@Controller('shop')
export class ShopController {
  private readonly prepared = new Map<string, RequestHandler>();

  constructor(private readonly limit: DocsLimit) {}

  @Get()
  async page(@Req() request: Request, @Res() response: Response, @Next() next: NextFunction): Promise<void> {
    await this.serve(PAGE, request, response, next);
  }

  @Get(':file')
  async file(
    @Param('file') name: string,
    @Req() request: Request,
    @Res() response: Response,
    @Next() next: NextFunction,
  ): Promise<void> {
    // It has an address of its own.
    if (name === PAGE) throw new NotFoundException();
    await this.serve(name, request, response, next);
  }

  private async serve(name: string, request: Request, response: Response, next: NextFunction): Promise<void> {
    const handler = this.prepared.get(name) ?? shopFile(name);
    if (handler === undefined) throw new NotFoundException();
    this.prepared.set(name, handler);
    await this.limit.use(request, response, () => {
      void handler(request, response, next);
    });
  }
}
